#include "harness/campaign/worker.hpp"

#include "harness/campaign/locate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace touchstone::campaign {

namespace {

template <std::size_t N>
void put(char (&to)[N], std::string_view text)
{
    auto const n = std::min(text.size(), N - 1);
    text.copy(to, n);
    to[n] = '\0';
}

void send(int pipe, Message const& m)
{
    while (write(pipe, &m, sizeof m) < 0 && errno == EINTR) {}
}

void tell(int pipe, std::uint64_t index, Signature const& s, std::string_view detail, bool locating)
{
    Message m{};
    m.what = locating ? Message::What::FoundAndLocating : Message::What::Found;
    m.index = index;
    put(m.suspect, s.suspect);
    put(m.oracles, s.oracles);
    put(m.kind, s.kind);
    put(m.classes, s.classes);
    put(m.instruction, s.instruction);
    put(m.detail, detail);
    send(pipe, m);
}

void tell(int pipe, std::uint64_t index, std::optional<Location> const& l)
{
    Message m{};
    m.what = l ? Message::What::Located : Message::What::NotLocated;
    m.index = index;
    if (l) {
        put(m.instruction, l->text);
        put(m.effect, l->effect);
    }
    send(pipe, m);
}

/// Which findings are worth locating: the first of each kind, and then one now and then, because
/// what looks alike from outside may have several causes.
class Curiosity
{
public:
    bool about(Signature const& s)
    {
        constexpr std::uint64_t first_ones = 64;
        constexpr std::uint64_t afterwards = 16;
        auto at = std::ranges::find(seen_, s, &Seen::kind);
        if (at == seen_.end()) {
            seen_.push_back({s, 0});
            at = std::prev(seen_.end());
        }
        ++at->count;
        return at->count <= first_ones || at->count % afterwards == 0;
    }

private:
    struct Seen
    {
        Signature kind;
        std::uint64_t count;
    };
    std::vector<Seen> seen_;
};

void work_on(std::uint64_t index, Settings const& settings, Panel const& panel, FeatureSet features,
    Slot& slot, Curiosity& curiosity, int findings)
{
    slot.since_ms = now_ms();
    slot.index = index;
    slot.stage = 1;
    auto const c = generators::generate(settings.kind, settings.seed, index, features);
    auto const e = examine(c, panel, settings.limits,
        [&slot](std::size_t member) { slot.stage = static_cast<std::uint32_t>(2 + member); });
    slot.stage = 1; // judging and telling are ours
    slot.tally.add(e, index);
    if (e.outcome == OutcomeKind::Diverge) {
        auto const signature = signature_of(c, e, panel);
        auto const curious = curiosity.about(signature);
        slot.stage = stage_locating;
        tell(findings, index, signature, e.members[e.worst].judgement.judgement.detail, curious);
        if (curious) {
            slot.since_ms = now_ms();
            tell(findings, index,
                locate(subject_of(c, e, e.worst).what, panel, e.worst, settings.limits));
        }
    }
    slot.stage = 0;
}

} // namespace

std::int64_t now_ms()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

void work(Settings const& settings, Shared& shared, Slot& slot, int findings)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // the terminal's ^C goes to everybody; the supervisor decides
    std::signal(SIGINT, SIG_IGN);
    std::signal(SIGTERM, SIG_DFL);
    auto const panel = settings.make_panel(settings.oracles, Isolation::ForeignOnly);
    if (!panel)
        _exit(3);
    auto const features = settings.features & generated_features(*panel);
    auto const end = settings.count ? settings.first + *settings.count
                                    : std::numeric_limits<std::uint64_t>::max();
    Curiosity curiosity;
    std::uint64_t index = slot.index;
    std::uint64_t chunk_end = slot.chunk_end;
    while (!shared.stop) {
        if (index == chunk_end) {
            index = shared.next.fetch_add(chunk_size);
            if (index >= end)
                break;
            chunk_end = std::min(index + chunk_size, end);
            slot.index = index;
            slot.chunk_end = chunk_end;
        }
        work_on(index, settings, *panel, features, slot, curiosity, findings);
        ++index;
        slot.index = index;
    }
    _exit(0);
}

} // namespace touchstone::campaign
