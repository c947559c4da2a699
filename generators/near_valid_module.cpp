#include "engine/syntax/opcode.hpp"
#include "generators/near_valid.hpp"

#include <array>
#include <limits>
#include <utility>

namespace touchstone::generators {

namespace {

class Change
{
public:
    Change(Entropy& in, Module& m) : in_{in}, m_{m} {}

    /// False where there is nothing to change of the kind that was drawn.
    bool once()
    {
        switch (in_.below(16)) {
        case 0: return type();
        case 1: return table_or_memory();
        case 2: return global_or_tag();
        case 3: return import_or_export();
        case 4: return segment();
        case 5: return function();
        default: return code();
        }
    }

private:
    template <class T>
    T* some(std::vector<T>& all)
    {
        return all.empty() ? nullptr : &all[in_.below(static_cast<std::uint32_t>(all.size()))];
    }

    void index(Index& i)
    {
        switch (in_.below(6)) {
        case 0: ++i; break;
        case 1: --i; break;
        case 2: i = 0; break;
        case 3: i = std::numeric_limits<Index>::max(); break;
        default: i = in_.below(16); break;
        }
    }

    void size(std::uint64_t& n)
    {
        constexpr auto values = std::to_array<std::uint64_t>({0, 1, 65'535, 65'536, 65'537,
            0xFFFF'FFFF, 0x1'0000'0000, 0x1'0000'0000'0000, 0x1'0000'0000'0001, ~std::uint64_t{0}});
        n = in_.chance(128) ? n + (in_.chance(128) ? 1 : -1) : values[in_.below(values.size())];
    }

    HeapType heap_type()
    {
        auto const n = in_.below(20);
        if (n < static_cast<std::uint32_t>(AbsHeapType::Bot))
            return static_cast<AbsHeapType>(n);
        return HeapType::type(in_.below(static_cast<std::uint32_t>(m_.types.size() + 1)));
    }

    void val_type(ValType& t)
    {
        constexpr auto plain =
            std::to_array<ValType>({i32, i64, f32, f64, v128, funcref, externref});
        if (t.is_ref() && in_.chance(128))
            t.nullable = !t.nullable;
        else if (in_.chance(128))
            t = plain[in_.below(plain.size())];
        else
            t = ValType::ref(in_.chance(128), heap_type());
    }

    bool result_type(ResultType& all)
    {
        if (auto* const t = some(all); t != nullptr && in_.chance(128)) {
            val_type(*t);
            return true;
        }
        if (!all.empty() && in_.chance(128))
            all.pop_back();
        else
            all.push_back(i32);
        return true;
    }

    bool type()
    {
        auto* const t = some(m_.types);
        if (t == nullptr)
            return false;
        switch (in_.below(4)) {
        case 0: t->is_final = !t->is_final; return true;
        case 1:
            if (t->supers.empty())
                t->supers.push_back(in_.below(8));
            else
                index(t->supers[0]);
            return true;
        default: break;
        }
        if (t->comp.kind == CompType::Kind::Func)
            return result_type(in_.chance(128) ? t->comp.func.params : t->comp.func.results);
        auto* const f = some(t->comp.fields);
        if (f == nullptr)
            return false;
        if (in_.chance(100))
            f->is_mutable = !f->is_mutable;
        else
            val_type(f->storage.unpacked);
        return true;
    }

    void limits(SizeLimits& l)
    {
        if (in_.chance(40))
            l.addr = l.addr == AddrType::I32 ? AddrType::I64 : AddrType::I32;
        else if (in_.chance(128))
            size(l.min);
        else if (l.max)
            size(*l.max);
        else
            l.max = in_.below(4);
    }

    bool table_or_memory()
    {
        if (auto* const m = some(m_.memories); m != nullptr && in_.chance(128)) {
            limits(m->type.limits);
            return true;
        }
        auto* const t = some(m_.tables);
        if (t == nullptr)
            return false;
        if (in_.chance(100))
            val_type(t->type.element);
        else
            limits(t->type.limits);
        if (!t->type.element.is_ref())
            t->type.element = funcref;
        return true;
    }

    bool global_or_tag()
    {
        if (auto* const t = some(m_.tags); t != nullptr && in_.chance(80)) {
            index(t->type.type);
            return true;
        }
        auto* const g = some(m_.globals);
        if (g == nullptr)
            return false;
        switch (in_.below(3)) {
        case 0: g->type.is_mutable = !g->type.is_mutable; return true;
        case 1: val_type(g->type.value); return true;
        default: return expression(g->init);
        }
    }

    bool import_or_export()
    {
        if (auto* const i = some(m_.imports); i != nullptr && in_.chance(80)) {
            if (i->type.kind == ExternKind::Func)
                index(i->type.func);
            else
                i->name += '?';
            return true;
        }
        auto* const e = some(m_.exports);
        if (e == nullptr)
            return false;
        if (in_.chance(80))
            e->name = m_.exports[0].name;
        else if (in_.chance(80))
            e->kind = static_cast<ExternKind>(in_.below(5));
        else
            index(e->index);
        return true;
    }

    bool segment()
    {
        if (auto* const d = some(m_.datas); d != nullptr && in_.chance(100)) {
            if (d->mode == Data::Mode::Active && in_.chance(128))
                return expression(d->offset);
            index(d->memory);
            return true;
        }
        auto* const e = some(m_.elems);
        if (e == nullptr)
            return false;
        switch (in_.below(4)) {
        case 0: index(e->table); return true;
        case 1:
            val_type(e->type);
            if (!e->type.is_ref())
                e->type = externref;
            return true;
        case 2:
            if (e->mode == Elem::Mode::Active)
                return expression(e->offset);
            e->mode =
                e->mode == Elem::Mode::Passive ? Elem::Mode::Declarative : Elem::Mode::Passive;
            return true;
        default:
            if (auto* const x = some(e->init))
                return expression(*x);
            return false;
        }
    }

    bool function()
    {
        if (m_.start && in_.chance(80)) {
            index(*m_.start);
            return true;
        }
        if (in_.chance(40)) {
            m_.has_data_count = !m_.has_data_count;
            return true;
        }
        auto* const f = some(m_.funcs);
        if (f == nullptr)
            return false;
        if (auto* const l = some(f->locals); l != nullptr && in_.chance(128))
            val_type(l->type);
        else if (in_.chance(100) && !f->locals.empty())
            f->locals.pop_back();
        else
            index(f->type);
        return true;
    }

    bool code()
    {
        auto* const f = some(m_.funcs);
        return f != nullptr && expression(f->body);
    }

    bool expression(Expr& e)
    {
        if (e.instrs.empty())
            return false;
        auto const count = static_cast<std::uint32_t>(e.instrs.size());
        auto const at = in_.below(count);
        auto& i = e.instrs[at];
        switch (in_.below(6)) {
        case 0: e.instrs.erase(e.instrs.begin() + at); return true;
        case 1: e.instrs.insert(e.instrs.begin() + at, Instr{i}); return true;
        case 2: std::swap(i, e.instrs[(at + 1) % count]); return true;
        case 3: return other_of_its_form(i);
        default: return immediates(e, i);
        }
    }

    bool other_of_its_form(Instr& i)
    {
        auto const form = info(i.op).immediates;
        for (auto tries = 0; tries < 16; ++tries) {
            auto const op =
                static_cast<Opcode>(in_.below(static_cast<std::uint32_t>(op_table.size())));
            if (op != i.op && info(op).immediates == form && wasm3.has(info(op).since)) {
                i.op = op;
                return true;
            }
        }
        return false;
    }

    bool immediates(Expr& e, Instr& i)
    {
        switch (info(i.op).immediates) {
        case Immediates::None:
        case Immediates::Zero:
        case Immediates::Lanes16:
        case Immediates::V128: return false;
        case Immediates::Block: block_type(i); return true;
        case Immediates::TryTable: return clause(e, i);
        case Immediates::Labels:
            if (i.y == 0)
                return false;
            index(e.labels[i.x + in_.below(i.y)]);
            return true;
        case Immediates::SelectTypes:
        case Immediates::BrCast: return pooled_type(e, i);
        case Immediates::Memarg: memarg(i); return true;
        case Immediates::MemargLane:
            memarg(i);
            if (in_.chance(80))
                i.lane = in_.byte();
            return true;
        case Immediates::Lane: i.lane = in_.byte(); return true;
        case Immediates::I32:
        case Immediates::I64:
        case Immediates::F32:
        case Immediates::F64: i.imm = in_.u64(); return true;
        case Immediates::HeapType: i.set_heap_type(heap_type()); return true;
        default: index(in_.chance(128) ? i.x : i.y); return true;
        }
    }

    void block_type(Instr& i)
    {
        ValType t = i32;
        val_type(t);
        switch (in_.below(3)) {
        case 0: i.set_block_type({}); break;
        case 1: i.set_block_type({BlockType::Kind::Value, t, 0}); break;
        default:
            i.set_block_type({BlockType::Kind::Type, {},
                in_.below(static_cast<std::uint32_t>(m_.types.size() + 1))});
            break;
        }
    }

    bool clause(Expr& e, Instr& i)
    {
        if (i.y == 0 || in_.chance(80)) {
            block_type(i);
            return true;
        }
        auto& c = e.catches[i.x + in_.below(i.y)];
        switch (in_.below(3)) {
        case 0: index(c.tag); break;
        case 1: index(c.label); break;
        default: c.kind = static_cast<Catch::Kind>(in_.below(4)); break;
        }
        return true;
    }

    bool pooled_type(Expr& e, Instr& i)
    {
        auto const is_cast = info(i.op).immediates == Immediates::BrCast;
        auto const first = is_cast ? i.y : i.x;
        auto const count = is_cast ? 2 : i.y;
        if (count == 0)
            return false;
        auto& t = e.types[first + in_.below(count)];
        val_type(t);
        if (is_cast && !t.is_ref())
            t = ValType::ref(true, heap_type());
        return true;
    }

    void memarg(Instr& i)
    {
        switch (in_.below(3)) {
        case 0: i.align = static_cast<std::uint8_t>(in_.below(6)); break;
        case 1: i.x = in_.below(4); break;
        default: size(i.imm); break;
        }
    }

    Entropy& in_;
    Module& m_;
};

} // namespace

void change_module(Entropy& in, Module& m)
{
    Change change{in, m};
    auto edits = in.chance(64) ? 2 : 1;
    for (auto tries = 0; edits > 0 && tries < 8; ++tries)
        edits -= change.once() ? 1 : 0;
}

} // namespace touchstone::generators
