"""Results that the browser is shown, as large as real ones get."""

ORACLES = ["reference", "fast", "wabt"]


def large_spec(files=257):
    """A sound suite run: every tenth file fails three times on wabt, every third lacks simd on our engines."""
    cells, failures, totals = [], [], {o: {} for o in ORACLES}
    for i in range(files):
        for oracle in ORACLES:
            path = f"suite/group_{i % 7}/file_with_quite_a_long_name_{i}.wast"
            failed = 3 if i % 10 == 0 and oracle == "wabt" else 0
            simd = 20 if i % 3 == 0 and oracle != "wabt" else 0
            counts = {"passed": 100 + i - failed - simd, "failed": failed, "skipped": 0, "directives": 102 + i, "done": 2,
                      "crashed": 0, "known": 0, "not_applicable": 0, "modules": 2}
            cells.append({"path": path, "oracle": oracle, "reason": "", "unreadable": False,
                          "unsupported": {"simd": simd} if simd else {}, **counts})
            for name, count in counts.items():
                totals[oracle][name] = totals[oracle].get(name, 0) + count
            totals[oracle]["simd"] = totals[oracle].get("simd", 0) + simd
            failures += [{"path": path, "line": 10 * n + 7, "oracle": oracle, "directive": "assert_return",
                          "expected": f"returned i32:{n}", "got": "trap: unreachable", "feature": ""} for n in range(failed)]
    oracles = []
    for oracle in ORACLES:
        simd = totals[oracle].pop("simd")
        oracles.append({"name": oracle, "version": "1.2.3", "unsupported": {"simd": simd} if simd else {}, **totals[oracle]})
    return {"schema": "touchstone.spec/1", "touchstone": "0.1.0", "oracles": oracles, "files": cells, "failures": failures,
            "strict_messages": False, "user_seconds": 5.5, "peak_rss_bytes": 100 << 20}


def large_campaign(campaign, buckets=400):
    """The campaign of the fixture with many buckets more, which have no folders."""
    result = {**campaign, "out": None, "buckets": []}
    for i in range(buckets):
        result["buckets"].append({
            "signature": f"values reference/fast i{i}", "suspect": "fast", "oracles": "reference/fast", "count": 1,
            "folder": "", "folders": [], "instruction": "i32.shl", "effect": "result",
            "signatures": ["values reference/fast i32"], "detail": f"call {i}: i32 2 against i32 0",
            "command": f"touchstone repro --generator mixed --seed 1 --index {i}"})
    result["outcomes"] = {**result["outcomes"], "agree": result["outcomes"]["agree"] - buckets + 20, "diverge": buckets}
    return result
