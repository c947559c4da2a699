// Every row of the instruction table goes to bytes and back.
#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "engine/syntax/profiles.hpp"
#include "tests/unit/engine/binary/bytes.hpp"

#include <gmock/gmock.h>

namespace touchstone {
namespace {

using testing::ElementsAreArray;
using testing::SizeIs;

/// A module with one function, whose code is `body` and its `end`.
Module module_of(Expr body)
{
    Module m;
    m.types.emplace_back();
    m.rec_groups.push_back({.first = 0, .count = 1});
    body.instrs.push_back({.op = Opcode::End});
    m.funcs.push_back({.body = std::move(body)});
    m.has_data_count = true;
    return m;
}

/// The instruction with immediates that all differ, and what its form needs around it.
Expr example(Opcode op, Index big)
{
    Expr e;
    Instr i{.op = op};
    auto const two = [&] {
        i.x = big;
        i.y = 3;
    };
    switch (info(op).immediates) {
    case Immediates::None:
    case Immediates::Zero: break;
    case Immediates::Block: i.set_block_type({BlockType::Kind::Type, {}, big}); break;
    case Immediates::TryTable:
        i.set_block_type({BlockType::Kind::Value, ValType::ref(false, HeapType::type(5))});
        e.catches = {{Catch::Kind::Catch, big, 1}, {Catch::Kind::CatchRef, 2, 3},
            {Catch::Kind::CatchAll, 0, big}, {Catch::Kind::CatchAllRef, 0, 4}};
        i.y = 4;
        break;
    case Immediates::Labels:
        e.labels = {1, big, 2};
        i.y = 3;
        break;
    case Immediates::SelectTypes:
        e.types = {f64, ValType::ref(true, HeapType::type(big & 0x7FFF'FFFF)), v128};
        i.y = 3;
        break;
    case Immediates::BrCast:
        e.types = {anyref, ValType::ref(false, HeapType::type(70))};
        i.x = big;
        break;
    case Immediates::Memarg:
        i.align = 3;
        i.x = big;
        i.imm = 0xFFFF'FFFF'FFFF'FFFF;
        break;
    case Immediates::MemargLane:
        i.align = 1;
        i.lane = 200;
        i.imm = 300;
        break;
    case Immediates::Lane: i.lane = 0xFF; break;
    case Immediates::Lanes16:
    case Immediates::V128:
        e.vectors.emplace_back();
        for (std::uint8_t b = 0; auto& lane : e.vectors[0].bytes)
            lane = b += 17;
        break;
    case Immediates::I32: i.imm = 0x8000'0000; break;
    case Immediates::I64: i.imm = 0x8000'0000'0000'0000; break;
    case Immediates::F32: i.imm = 0x7FC0'0001; break;
    case Immediates::F64: i.imm = 0xFFF0'0000'0000'0001; break;
    case Immediates::HeapType: i.set_heap_type(AbsHeapType::NoExn); break;
    case Immediates::Label:
    case Immediates::Func:
    case Immediates::Type:
    case Immediates::Tag:
    case Immediates::Local:
    case Immediates::Global:
    case Immediates::Table:
    case Immediates::Elem:
    case Immediates::Memory:
    case Immediates::Data: i.x = big; break;
    default: two(); break;
    }
    auto const is_block =
        info(op).immediates == Immediates::Block || info(op).immediates == Immediates::TryTable;
    if (op == Opcode::Else) {
        e.instrs.push_back({.op = Opcode::If});
        e.instrs.push_back(i);
        e.instrs.push_back({.op = Opcode::End});
    } else if (op == Opcode::Catch || op == Opcode::CatchAll || op == Opcode::Delegate) {
        e.instrs.push_back({.op = Opcode::Try});
        e.instrs.push_back(i);
        if (op != Opcode::Delegate)
            e.instrs.push_back({.op = Opcode::End});
    } else if (op == Opcode::End) {
        e.instrs.push_back({.op = Opcode::Block});
        e.instrs.push_back(i);
    } else {
        e.instrs.push_back(i);
        if (is_block)
            e.instrs.push_back({.op = Opcode::End});
    }
    return e;
}

TEST(Instructions, EachSurvivesTheRoundTrip)
{
    for (auto const& row : op_table) {
        for (Index const big : {0U, 127U, 128U, 0xFFFF'FFFFU}) {
            auto const m = module_of(example(opcode_of(row), big));
            auto const again = decode(encode(m), wasm3 | proposals);
            ASSERT_TRUE(again.has_value()) << row.text << ": " << again.error().message;
            EXPECT_EQ(*again, m) << row.text;
        }
    }
}

TEST(Instructions, EachStartsWithItsOpcode)
{
    for (auto const& row : op_table) {
        if (row.name == "Else" || row.name == "End" || row.name.starts_with("Catch") ||
            row.name == "Delegate")
            continue;
        auto const bytes = encode(module_of(example(opcode_of(row), 1)));
        auto opcode = row.code <= 0xFF ? Bytes{static_cast<std::uint8_t>(row.code)}
                                       : Bytes{static_cast<std::uint8_t>(row.code >> 16)} +
                                             leb(row.code & 0xFFFF);
        // header, type section, function section, data count, code: id, size, count, size, locals
        constexpr std::size_t before_code = 8 + 6 + 4 + 3 + 5;
        ASSERT_GT(bytes.size(), before_code);
        EXPECT_THAT(std::span(bytes).subspan(before_code, opcode.size()), ElementsAreArray(opcode))
            << row.text;
    }
}

TEST(Instructions, CodesThatAreNotInTheTableAreIllegal)
{
    for (std::uint32_t b = 0; b <= 0xFF; ++b) {
        auto const is_prefix = std::ranges::any_of(
            op_table, [b](OpInfo const& row) { return row.code > 0xFF && row.code >> 16 == b; });
        if (find_code(b) == nullptr && !is_prefix) {
            EXPECT_FALSE(decode(with_code({static_cast<std::uint8_t>(b)})).has_value()) << b;
        }
        for (std::uint32_t n = 0; is_prefix && n < 0x400; ++n) {
            if (find_code(b << 16 | n) != nullptr)
                continue;
            auto const m = decode(with_code(Bytes{static_cast<std::uint8_t>(b)} + leb(n)));
            ASSERT_FALSE(m.has_value()) << b << ' ' << n;
            EXPECT_EQ(m.error().message.substr(0, 14), "illegal opcode");
        }
    }
}

TEST(Instructions, OfAProposalAreIllegalWithoutIt)
{
    for (auto const& row : op_table) {
        if (wasm3.has(row.since))
            continue;
        auto const bytes = encode(module_of(example(opcode_of(row), 1)));
        auto others = wasm3 | proposals;
        others.remove(row.since);
        for (auto const features : {wasm3, others}) {
            auto const m = decode(bytes, features);
            ASSERT_FALSE(m.has_value()) << row.text;
            EXPECT_EQ(m.error().message.substr(0, 14), "illegal opcode") << row.text;
        }
    }
}

TEST(Instructions, LongFormsMeanTheSame)
{
    auto const padded = decode(with_code({0xFC, 0x8B, 0x80, 0x00, 0x80, 0x00, 0x28, 0x42, 0x00,
        0x85, 0x00, 0x41, 0xFF, 0x7F, 0x02, 0x80, 0x00, 0x0B}));
    ASSERT_TRUE(padded.has_value());
    auto const& code = padded->funcs.at(0).body.instrs;
    ASSERT_THAT(code, SizeIs(6));
    EXPECT_EQ(code[0], (Instr{.op = Opcode::MemoryFill}));
    EXPECT_EQ(
        code[1], (Instr{.op = Opcode::I32Load, .align = 2, .imm = 5})); // memory 0 written out
    EXPECT_EQ(code[2], (Instr{.op = Opcode::I32Const, .imm = 0xFFFF'FFFF}));
    EXPECT_EQ(code[3].block_type(), (BlockType{BlockType::Kind::Type, {}, 0}));
    EXPECT_EQ(encode(*padded),
        with_code({0xFC, 0x0B, 0x00, 0x28, 0x02, 0x05, 0x41, 0x7F, 0x02, 0x00, 0x0B}));
}

TEST(Instructions, KnowTheirOffsets)
{
    auto const m = decode(with_code({0x01, 0x41, 0x80, 0x01, 0x1A}));
    ASSERT_TRUE(m.has_value());
    auto const& f = m->funcs.at(0);
    auto const start = f.where.offset + 1; // behind the count of locals
    std::vector<std::uint32_t> offsets;
    for (auto const& i : f.body.instrs)
        offsets.push_back(i.where.offset - start);
    EXPECT_THAT(offsets, testing::ElementsAre(0, 1, 4, 5));
}

TEST(Instructions, PoolsAreSharedInOrder)
{
    auto const m =
        decode(with_code({0x0E, 1, 5, 6, 0x0E, 0, 7, 0x1C, 1, 0x7F, 0x1C, 0, 0x1C, 1, 0x7E}));
    ASSERT_TRUE(m.has_value());
    auto const& e = m->funcs.at(0).body;
    EXPECT_THAT(e.labels, testing::ElementsAre(5, 6, 7));
    EXPECT_THAT(e.types, testing::ElementsAre(i32, i64));
    EXPECT_EQ(e.instrs[1], (Instr{.op = Opcode::BrTable, .x = 2, .y = 1}));
    EXPECT_EQ(e.instrs[3], (Instr{.op = Opcode::SelectT, .x = 1, .y = 0}));
    EXPECT_EQ(decode(encode(*m)), m);
}

} // namespace
} // namespace touchstone
