#pragma once
// The types of WebAssembly 3.0 (syntax/types.html): values, references, functions, recursive
// groups, externals.

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace touchstone {

/// Index into one of a module's index spaces.
using Index = std::uint32_t;

/// addrtype: what addresses a memory or a table.
enum class AddrType : std::uint8_t
{
    I32,
    I64,
};

/// absheaptype, with the bottom that only validation makes.
enum class AbsHeapType : std::uint8_t
{
    Any,
    Eq,
    I31,
    Struct,
    Array,
    None,
    Func,
    NoFunc,
    Extern,
    NoExtern,
    Exn,
    NoExn,
    Bot,
};

/// heaptype: an abstract one, or a type index of the module where it stands.
class HeapType
{
public:
    constexpr HeapType() = default;
    constexpr HeapType(AbsHeapType abs) : bits_{abstract_bit | static_cast<std::uint32_t>(abs)} {}
    [[nodiscard]] static constexpr HeapType type(Index x)
    {
        HeapType h;
        h.bits_ = x;
        return h;
    }

    [[nodiscard]] constexpr bool is_abstract() const { return (bits_ & abstract_bit) != 0; }
    /// Which abstract one; only if `is_abstract()`.
    [[nodiscard]] constexpr AbsHeapType abstract() const
    {
        return static_cast<AbsHeapType>(bits_ & ~abstract_bit);
    }
    /// Which type index; only if not `is_abstract()`.
    [[nodiscard]] constexpr Index index() const { return bits_; }
    [[nodiscard]] constexpr std::uint32_t bits() const { return bits_; }
    [[nodiscard]] static constexpr HeapType from_bits(std::uint32_t bits)
    {
        HeapType h;
        h.bits_ = bits;
        return h;
    }
    friend constexpr bool operator==(HeapType, HeapType) = default;

private:
    static constexpr std::uint32_t abstract_bit = 0x8000'0000; // type indices stay below (decoder)
    std::uint32_t bits_ = abstract_bit;
};

/// valtype: a number, a vector, a reference, or the bottom that only validation makes.
struct ValType
{
    enum class Kind : std::uint8_t
    {
        I32,
        I64,
        F32,
        F64,
        V128,
        Ref,
        Bot,
    };

    Kind kind = Kind::Bot;
    bool nullable = false;            ///< of a Ref
    HeapType heap = AbsHeapType::Bot; ///< of a Ref

    [[nodiscard]] static constexpr ValType ref(bool nullable, HeapType heap)
    {
        return {Kind::Ref, nullable, heap};
    }
    [[nodiscard]] constexpr bool is_ref() const { return kind == Kind::Ref; }
    [[nodiscard]] constexpr bool is_num() const { return kind <= Kind::F64; }
    [[nodiscard]] constexpr bool is_vec() const { return kind == Kind::V128; }
    friend constexpr bool operator==(ValType, ValType) = default;
};

inline constexpr ValType i32{ValType::Kind::I32};
inline constexpr ValType i64{ValType::Kind::I64};
inline constexpr ValType f32{ValType::Kind::F32};
inline constexpr ValType f64{ValType::Kind::F64};
inline constexpr ValType v128{ValType::Kind::V128};
inline constexpr ValType bot{ValType::Kind::Bot};
inline constexpr ValType funcref = ValType::ref(true, AbsHeapType::Func);
inline constexpr ValType externref = ValType::ref(true, AbsHeapType::Extern);
inline constexpr ValType anyref = ValType::ref(true, AbsHeapType::Any);
inline constexpr ValType exnref = ValType::ref(true, AbsHeapType::Exn);

/// The value type that addresses: i32 or i64.
[[nodiscard]] constexpr ValType as_valtype(AddrType at)
{
    return at == AddrType::I64 ? i64 : i32;
}

using ResultType = std::vector<ValType>;

/// storagetype: what a field holds; packed integers are not value types.
struct StorageType
{
    enum class Pack : std::uint8_t
    {
        No,
        I8,
        I16,
    };

    Pack pack = Pack::No;
    ValType unpacked = i32; ///< the value type; i32 where packed
    friend constexpr bool operator==(StorageType, StorageType) = default;
};

struct FieldType
{
    StorageType storage;
    bool is_mutable = false;
    friend constexpr bool operator==(FieldType, FieldType) = default;
};

struct FuncType
{
    ResultType params;
    ResultType results;
    friend bool operator==(FuncType const&, FuncType const&) = default;
};

/// comptype: `func` for a function, `fields` for a struct (any number) or an array (one).
struct CompType
{
    enum class Kind : std::uint8_t
    {
        Func,
        Struct,
        Array,
    };

    Kind kind = Kind::Func;
    FuncType func;
    std::vector<FieldType> fields;
    friend bool operator==(CompType const&, CompType const&) = default;
};

/// subtype: a composite type with its declared supertypes (validation allows at most one).
struct SubType
{
    bool is_final = true;
    std::vector<Index> supers;
    CompType comp;
    friend bool operator==(SubType const&, SubType const&) = default;
};

/// rectype: `count` consecutive type indices from `first` that may refer to each other.
struct RecGroup
{
    Index first = 0;
    Index count = 1;
    friend constexpr bool operator==(RecGroup, RecGroup) = default;
};

/// limits, in pages or elements, with the address type they are counted in.
struct SizeLimits
{
    AddrType addr = AddrType::I32;
    std::uint64_t min = 0;
    std::optional<std::uint64_t> max;
    friend constexpr bool operator==(SizeLimits const&, SizeLimits const&) = default;
};

struct MemoryType
{
    SizeLimits limits;           ///< in pages
    bool is_shared = false;      ///< between threads
    std::uint8_t page_log2 = 16; ///< of the size of a page in bytes; less than 64

    [[nodiscard]] constexpr std::uint64_t page_bytes() const
    {
        return std::uint64_t{1} << page_log2;
    }
    friend constexpr bool operator==(MemoryType const&, MemoryType const&) = default;
};

struct TableType
{
    SizeLimits limits;         ///< in elements
    ValType element = funcref; ///< a reference type
    friend constexpr bool operator==(TableType const&, TableType const&) = default;
};

struct GlobalType
{
    ValType value;
    bool is_mutable = false;
    friend constexpr bool operator==(GlobalType, GlobalType) = default;
};

/// tagtype: the type index of a function type.
struct TagType
{
    Index type = 0;
    friend constexpr bool operator==(TagType, TagType) = default;
};

/// Where a memory's type does not say otherwise.
inline constexpr std::uint64_t page_size = 65'536;

/// The sixteen bytes of a v128, little-endian.
struct V128
{
    std::array<std::uint8_t, 16> bytes{};
    friend constexpr bool operator==(V128 const&, V128 const&) = default;
};

} // namespace touchstone
