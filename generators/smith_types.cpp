#include "generators/smith_types.hpp"

#include <algorithm>

namespace touchstone::generators {

namespace {

class TypePlanner
{
public:
    TypePlanner(Entropy& in, Groups groups) : in_{in}, groups_{groups} {}

    TypePlan objects_and_functions()
    {
        objects();
        packed_and_numbers();
        covariant_arrays();
        functions_on_objects();
        if (in_.chance(80))
            repeat_first_group();
        return std::move(plan_);
    }

    TypePlan functions_only()
    {
        close_group([this] { add_func(numbers(1), {}, true); });
        close_group([this] { add_func(numbers(2), {}, true); });
        return std::move(plan_);
    }

private:
    static ValType maybe(Index type) { return ValType::ref(true, HeapType::type(type)); }

    ValType number()
    {
        switch (in_.below(8)) {
        case 0:
        case 1: return groups_.has(Group::I64) ? i64 : i32;
        case 2: return groups_.has(Group::F32) ? f32 : i32;
        case 3: return groups_.has(Group::F64) ? f64 : i32;
        case 4: return groups_.has(Group::Simd) ? v128 : i32;
        default: return i32;
        }
    }

    FuncType numbers(std::size_t params)
    {
        FuncType t;
        while (t.params.size() < params)
            t.params.push_back(number());
        t.results.push_back(number());
        return t;
    }

    FieldType scalar()
    {
        FieldType f{.storage = {}, .is_mutable = !in_.chance(50)};
        switch (in_.below(5)) {
        case 0: f.storage.pack = StorageType::Pack::I8; break;
        case 1: f.storage.pack = StorageType::Pack::I16; break;
        default: f.storage.unpacked = number(); break;
        }
        return f;
    }

    /// A reference to a type of the first group, or to any object at all.
    FieldType pointer()
    {
        FieldType f{.storage = {}, .is_mutable = !in_.chance(50)};
        switch (in_.below(6)) {
        case 0: f.storage.unpacked = anyref; break;
        case 1: f.storage.unpacked = ValType::ref(true, AbsHeapType::Eq); break;
        case 2: f.storage.unpacked = ValType::ref(in_.chance(128), AbsHeapType::I31); break;
        default: f.storage.unpacked = maybe(in_.below(4)); break;
        }
        return f;
    }

    template <class Add>
    void close_group(Add add)
    {
        auto const first = static_cast<Index>(plan_.types.size());
        add();
        plan_.groups.push_back({first, static_cast<Index>(plan_.types.size()) - first});
    }

    Index add(CompType comp, std::vector<Index> supers, bool is_final)
    {
        auto const index = static_cast<Index>(plan_.types.size());
        auto& kind = comp.kind == CompType::Kind::Struct  ? plan_.structs
                     : comp.kind == CompType::Kind::Array ? plan_.arrays
                                                          : plan_.funcs;
        kind.push_back(index);
        plan_.types.push_back(
            {.is_final = is_final, .supers = std::move(supers), .comp = std::move(comp)});
        return index;
    }
    Index add_fields(CompType::Kind kind, std::vector<FieldType> fields, std::vector<Index> supers,
        bool is_final)
    {
        return add(
            {.kind = kind, .func = {}, .fields = std::move(fields)}, std::move(supers), is_final);
    }
    void add_func(FuncType type, std::vector<Index> supers, bool is_final)
    {
        add({.kind = CompType::Kind::Func, .func = std::move(type), .fields = {}},
            std::move(supers), is_final);
    }

    /// Three structs, each below the one before it, and an array that may hold them.
    void objects()
    {
        close_group([this] {
            using enum CompType::Kind;
            std::vector<FieldType> fields{scalar()};
            for (auto n = in_.below(3); n > 0; --n)
                fields.push_back(scalar());
            auto const base = add_fields(Struct, fields, {}, false);
            fields.push_back(pointer());
            auto const middle = add_fields(Struct, fields, {base}, false);
            fields.push_back(in_.chance(128) ? pointer() : scalar());
            auto const super = in_.chance(64) ? base : middle;
            if (super == base)
                fields.erase(fields.end() - 2);
            add_fields(Struct, fields, {super}, in_.chance(128));
            auto element = pointer();
            element.is_mutable = true;
            add_fields(Array, {element}, {}, in_.chance(128));
        });
    }

    void packed_and_numbers()
    {
        using enum CompType::Kind;
        FieldType packed{
            .storage = {in_.chance(128) ? StorageType::Pack::I8 : StorageType::Pack::I16, i32},
            .is_mutable = true};
        close_group([&] { add_fields(Array, {packed}, {}, true); });
        FieldType const plain{.storage = {.unpacked = number()}, .is_mutable = true};
        close_group([&] { add_fields(Array, {plain}, {}, in_.chance(128)); });
    }

    /// What is immutable may become narrower below.
    void covariant_arrays()
    {
        using enum CompType::Kind;
        close_group([this] {
            auto const wide = add_fields(Array, {{.storage = {.unpacked = maybe(0)}}}, {}, false);
            add_fields(Array, {{.storage = {.unpacked = maybe(1)}}}, {wide}, true);
        });
    }

    /// The second takes more and gives less.
    void functions_on_objects()
    {
        close_group([this] {
            auto const extra = number();
            auto const wider = in_.chance(128) ? anyref : maybe(0);
            auto const narrower = in_.chance(128) ? maybe(1) : non_null(maybe(1));
            auto const above = static_cast<Index>(plan_.types.size());
            add_func({{maybe(1), extra}, {maybe(0)}}, {}, false);
            add_func({{wider, extra}, {narrower}}, {above}, true);
        });
        close_group([this] { add_func(numbers(1), {}, true); });
    }

    /// The same types once more: other indices, but equal.
    void repeat_first_group()
    {
        auto const shift = static_cast<Index>(plan_.types.size());
        auto const count = plan_.groups.front().count;
        close_group([&] {
            for (Index i = 0; i < count; ++i) {
                auto type = plan_.types[i];
                for (auto& super : type.supers)
                    super += shift;
                for (auto& field : type.comp.fields)
                    if (auto& t = field.storage.unpacked; t.is_ref() && !t.heap.is_abstract())
                        t.heap = HeapType::type(t.heap.index() + shift);
                add(std::move(type.comp), std::move(type.supers), type.is_final);
            }
        });
    }

    Entropy& in_;
    Groups groups_;
    TypePlan plan_;
};

/// The abstract type right above a concrete one.
AbsHeapType kind_above(TypePlan const& plan, Index type)
{
    if (std::ranges::find(plan.structs, type) != plan.structs.end())
        return AbsHeapType::Struct;
    if (std::ranges::find(plan.arrays, type) != plan.arrays.end())
        return AbsHeapType::Array;
    return AbsHeapType::Func;
}

bool abstract_matches(AbsHeapType a, AbsHeapType b)
{
    using enum AbsHeapType;
    if (a == b)
        return true;
    switch (b) {
    case Any: return a == Eq || a == I31 || a == Struct || a == Array || a == None;
    case Eq: return a == I31 || a == Struct || a == Array || a == None;
    case I31:
    case Struct:
    case Array: return a == None;
    case Func: return a == NoFunc;
    case Extern: return a == NoExtern;
    case Exn: return a == NoExn;
    default: return false;
    }
}

} // namespace

TypePlan type_plan(Entropy& in, Groups groups, FeatureSet features)
{
    if (groups.has(Group::Gc) && features.has(Feature::Gc))
        return TypePlanner{in, groups}.objects_and_functions();
    if (groups.has(Group::TypedFunctions))
        return TypePlanner{in, groups}.functions_only();
    return {};
}

bool matches(TypePlan const& plan, HeapType a, HeapType b)
{
    if (a == b)
        return true;
    if (a.is_abstract() && b.is_abstract())
        return abstract_matches(a.abstract(), b.abstract());
    if (a.is_abstract())
        return (a.abstract() == AbsHeapType::None || a.abstract() == AbsHeapType::NoFunc) &&
               a.abstract() ==
                   (family(plan, b) == AbsHeapType::Any ? AbsHeapType::None : AbsHeapType::NoFunc);
    if (b.is_abstract())
        return abstract_matches(kind_above(plan, a.index()), b.abstract());
    for (auto at = a.index(); at < plan.types.size() && !plan.types[at].supers.empty();) {
        at = plan.types[at].supers.front();
        if (at == b.index())
            return true;
    }
    return false;
}

bool matches(TypePlan const& plan, ValType a, ValType b)
{
    if (!a.is_ref() || !b.is_ref())
        return a == b;
    return (b.nullable || !a.nullable) && matches(plan, a.heap, b.heap);
}

AbsHeapType family(TypePlan const& plan, HeapType heap)
{
    using enum AbsHeapType;
    if (!heap.is_abstract())
        return kind_above(plan, heap.index()) == Func ? Func : Any;
    switch (heap.abstract()) {
    case Func:
    case NoFunc: return Func;
    case Extern:
    case NoExtern: return Extern;
    case Exn:
    case NoExn: return Exn;
    default: return Any;
    }
}

bool has_default(CompType const& type)
{
    return std::ranges::all_of(type.fields, [](FieldType const& f) {
        return !f.storage.unpacked.is_ref() || f.storage.unpacked.nullable;
    });
}

std::uint32_t width_of(StorageType s)
{
    if (s.pack != StorageType::Pack::No)
        return s.pack == StorageType::Pack::I8 ? 1 : 2;
    switch (s.unpacked.kind) {
    case ValType::Kind::I32:
    case ValType::Kind::F32: return 4;
    case ValType::Kind::I64:
    case ValType::Kind::F64: return 8;
    case ValType::Kind::V128: return 16;
    default: return 0;
    }
}

} // namespace touchstone::generators
