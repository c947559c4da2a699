// Exceptions on their way through frames (exec/instructions.html#exec-throw_ref).

#include "engine/reference/collect.hpp"
#include "engine/reference/machine.hpp"
#include "engine/reference/matching.hpp"

#include <algorithm>

namespace touchstone::reference {

namespace {

/// One field of an exception as a value.
Val payload(Object const& exn, FieldPlace const& place)
{
    return load_field(exn.bytes.get() + place.offset, place.storage);
}

} // namespace

std::optional<Index> Machine::allocate(RefKind kind, Index type, ObjectSize const& size)
{
    auto& heap = store.heap;
    // other threads' values are not known here: while there are any, nothing goes
    if (!heap.has_room(size.units) && heap.counts_live() && !threads.is_shared()) {
        std::vector<Val> roots{values_.data(), sp_};
        for (auto const& c : caught_)
            roots.push_back(to_val({.kind = RefKind::Exn, .payload = c.exception}));
        collect(store, roots);
    }
    return heap.has_room(size.units) ? heap.add(kind, type, size) : std::nullopt;
}

std::optional<Index> Machine::make_exception(Index tag)
{
    auto const& layout = store.types.layout(store.tags[tag].type);
    auto const a = allocate(RefKind::Exn, tag, size_of_struct(layout));
    if (!a)
        return std::nullopt;
    auto const& exn = store.heap.at(RefKind::Exn, *a);
    auto const* val = topmost(layout.places.size()).data();
    for (auto const& place : layout.places)
        store_field(exn.bytes.get() + place.offset, place.storage, *val++);
    drop(layout.places.size());
    return a;
}

/// Step_read/throw_ref-instrs, Step_read/throw_ref-label, Step_read/throw_ref-frame
///   — exec/instructions.html#exec-throw_ref
///   z; val* (ref.exn_addr a) throw_ref instr*  ~>  (ref.exn_addr a) throw_ref
///   z; LABEL_n {instr'*} (ref.exn_addr a) throw_ref  ~>  (ref.exn_addr a) throw_ref
///   z; FRAME_n {f} (ref.exn_addr a) throw_ref  ~>  (ref.exn_addr a) throw_ref
/// Frame by frame outwards to the clause that catches it; frames go only when there is one.
Step Machine::throw_exception(Index a)
{
    auto const tag = store.heap.at(RefKind::Exn, a).type;
    auto const* f = &frame;
    auto const* next = pc;
    std::size_t left = 0;
    for (; f->func != nullptr; ++left) {
        if (auto const clause = find_clause(*f, next - 1, tag)) {
            if (store.counts != nullptr && !clause->is_part)
                count_catching(*f, next - 1, clause->index);
            leave_frames(left);
            return catch_exception(*clause, a);
        }
        if (store.counts != nullptr)
            count_passing(*f, next - 1);
        f = &callers_[callers_.size() - 1 - left];
        next = f->pc;
    }
    return uncaught(a);
}

/// Step_read/throw_ref-handler-empty, Step_read/throw_ref-handler-catch,
/// Step_read/throw_ref-handler-catch_ref, Step_read/throw_ref-handler-catch_all,
/// Step_read/throw_ref-handler-catch_all_ref, Step_read/throw_ref-handler-next —
/// exec/instructions.html#exec-throw_ref
///   HANDLER_n {(catch x l) catch'*} (ref.exn_addr a) throw_ref      if s.EXNS[a].TAG = z.TAGS[x]
///   HANDLER_n {(catch_all l) catch'*} (ref.exn_addr a) throw_ref    catch
///   HANDLER_n {catch catch'*} (ref.exn_addr a) throw_ref
///     ~>  HANDLER_n {catch'*} (ref.exn_addr a) throw_ref            otherwise
///   HANDLER_n {eps} (ref.exn_addr a) throw_ref  ~>  (ref.exn_addr a) throw_ref
std::optional<Machine::Clause> Machine::find_clause(
    Frame const& f, Instr const* at, Index tag) const
{
    auto const& body = *f.func->body;
    if (body.handler_of.empty())
        return std::nullopt;
    auto const& expr = f.func->code->body;
    for (auto h = body.handler_of[static_cast<std::size_t>(at - expr.instrs.data())]; h != 0;) {
        auto const& handler = body.handlers[h - 1];
        for (Index c = handler.first; c < handler.first + handler.count; ++c) {
            auto const& clause = expr.catches[c];
            bool const is_all =
                clause.kind == Catch::Kind::CatchAll || clause.kind == Catch::Kind::CatchAllRef;
            if (is_all || f.module->tags[clause.tag] == tag)
                return Clause{c};
            also(RuleName::ThrowRefHandlerNext);
        }
        for (auto p = handler.parts; p != 0; p = body.catch_parts[p - 1].next) {
            auto const& part = expr.instrs[body.catch_parts[p - 1].instr];
            if (part.op == Opcode::CatchAll || f.module->tags[part.x] == tag)
                return Clause{.index = p - 1, .is_part = true};
        }
        also(RuleName::ThrowRefHandlerEmpty);
        h = handler.outer;
    }
    return std::nullopt;
}

void Machine::push_payload(Index a)
{
    auto const& exn = store.heap.at(RefKind::Exn, a);
    for (auto const& place : store.types.layout(store.tags[exn.type].type).places)
        push(payload(exn, place));
}

/// The right-hand sides of the same rules:
///   catch  ~>  val* (br l)                   catch_ref  ~>  val* (ref.exn_addr a) (br l)
///   catch_all  ~>  (br l)                    catch_all_ref  ~>  (ref.exn_addr a) (br l)
Step Machine::catch_exception(Clause found, Index a)
{
    if (found.is_part)
        return catch_in_part(frame.func->body->catch_parts[found.index], a);
    auto const clause = found.index;
    auto const kind = frame.func->code->body.catches[clause].kind;
    auto const& label = frame.func->body->labels[frame.func->body->catches[clause]];
    if (label.is_loop && !spend(1))
        return out_of_fuel();
    sp_ = locals_ + label.height;
    if (!reserve(label.arity))
        return exhausted(Limit::StackValues);
    if (kind == Catch::Kind::Catch || kind == Catch::Kind::CatchRef)
        push_payload(a);
    if (kind == Catch::Kind::CatchRef || kind == Catch::Kind::CatchAllRef)
        push(to_val({.kind = RefKind::Exn, .payload = a}));
    go_on_at(label.continuation);
    return Step::Next;
}

/// legacy-exceptions, exec/instructions.html#exec-throw
///   (ref.exn a) throw_ref in a try  ~>  CAUGHT_n {a} val* instr*    of its first catch that fits
/// What has been left of this frame or of those above it is forgotten.
Step Machine::catch_in_part(CatchPart const& part, Index a)
{
    while (!caught_.empty() &&
           (caught_.back().depth > depth() ||
               (caught_.back().depth == depth() && caught_.back().label >= part.label)))
        caught_.pop_back();
    caught_.push_back({depth(), part.label, a});
    sp_ = locals_ + frame.func->body->labels[part.label].height;
    if (frame.func->code->body.instrs[part.instr].op == Opcode::Catch)
        push_payload(a);
    go_on_at(part.instr + 1);
    return Step::Next;
}

Index Machine::caught(Index label) const
{
    auto const is_meant = [&](Caught const& c) { return c.depth == depth() && c.label == label; };
    return std::ranges::find_if(caught_.rbegin(), caught_.rend(), is_meant)->exception;
}

/// exec/modules.html#exec-invocation: the result of an invocation may be an exception
Step Machine::uncaught(Index a)
{
    auto const step = stop(Outcome::End::Threw);
    auto const& exn = store.heap.at(RefKind::Exn, a);
    for (auto const& place : store.types.layout(store.tags[exn.type].type).places)
        ended_.values.push_back(to_embedding(payload(exn, place), place.storage.unpacked));
    ended_.tag = exn.type;
    ended_.exception = Value::reference(RefKind::Exn, a);
    return step;
}

void Machine::leave_frames(std::size_t count)
{
    for (; count > 0; --count) {
        --frames_;
        stack_values_ -= frame.func->stack_values;
        frame = callers_.back();
        callers_.pop_back();
        pc = frame.pc;
    }
    reload();
}

/// Whether the host says of an exception all that one needs.
bool Machine::is_exception(Outcome const& o) const
{
    return o.tag < store.tags.size() &&
           vals_ok(store, o.values, store.types.expand(store.tags[o.tag].type).func.params);
}

/// The same exception goes on if the host let it through, else it is a new one.
Step Machine::thrown_by_host(Outcome const& o)
{
    auto const a = o.exception.lo;
    if (o.exception.ref == RefKind::Exn && store.heap.has(RefKind::Exn, a)) {
        auto const& exn = store.heap.at(RefKind::Exn, a);
        auto const& places = store.types.layout(store.tags[exn.type].type).places;
        bool const same =
            exn.type == o.tag &&
            std::ranges::equal(o.values, places, [&](Value const& v, FieldPlace const& place) {
                return from_embedding(v) == payload(exn, place);
            });
        if (same)
            return throw_exception(static_cast<Index>(a));
    }
    if (!reserve(o.values.size()))
        return exhausted(Limit::StackValues);
    for (auto const& v : o.values)
        push(from_embedding(v));
    auto const made = make_exception(o.tag);
    return made ? throw_exception(*made) : exhausted(Limit::Heap);
}

} // namespace touchstone::reference
