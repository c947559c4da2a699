#include "engine/binary/decode.hpp"
#include "oracles/byte_sizes.hpp"
#include "oracles/laxities.hpp"

#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace touchstone::laxities {

namespace {

using Bytes = std::vector<std::uint8_t>;
using binary::Section;

constexpr auto end_code = std::to_array<std::uint8_t>({0x0B});

class Repair
{
public:
    explicit Repair(std::span<std::uint8_t const> bytes) : bytes_{bytes.begin(), bytes.end()}
    {
        if (auto const imports = find_section(bytes, Section::Import))
            if (auto const head = decode(bytes.first(imports->end())))
                imported_ = count_imports(*head, ExternKind::Func);
    }

    /// Puts in what is missing until the module is well-formed.
    bool succeeds()
    {
        constexpr auto most = 16;
        for (auto repairs = 0; repairs <= most; ++repairs) {
            auto const module = decode(bytes_);
            if (module)
                return repairs > 0;
            auto const& e = module.error();
            if (!(e.function ? in_body(e) : in_section(e)))
                return false;
        }
        return false;
    }

private:
    bool in_body(Error const& e)
    {
        auto const code = find_section(bytes_, Section::Code);
        auto const body = code && *e.function >= imported_
                              ? find_body(bytes_, *code, *e.function - imported_)
                              : std::nullopt;
        if (!body || body->size.value == 0 || bytes_[body->end() - 1] != end_code[0])
            return false;
        Spot spot{.section = *code, .body = body, .at = body->end()};
        // what stayed open is closed by one too many of a later body
        if (open_ > 0 && e.message == "section size mismatch" &&
            static_cast<std::size_t>(*e.function) != last_) {
            --open_;
            --spot.at;
            bytes_ = edited(bytes_, spot, 1, {});
        } else {
            bytes_ = edited(bytes_, spot, 0, end_code);
            ++open_;
            last_ = *e.function;
        }
        return true;
    }

    /// Where a section ends in the middle of a constant expression.
    bool in_section(Error const& e)
    {
        for (auto const id : {Section::Table, Section::Global, Section::Elem, Section::Data}) {
            auto const s = find_section(bytes_, id);
            if (!s || e.offset < s->begin())
                continue;
            Spot const spot{.section = *s, .body = std::nullopt, .at = s->end()};
            auto better = edited(bytes_, spot, 0, end_code);
            auto const longer = better.size() - bytes_.size();
            auto const again = decode(better);
            if (!again && again.error().offset <= s->end() + longer)
                continue;
            bytes_ = std::move(better);
            ++open_;
            return true;
        }
        return false;
    }

    Bytes bytes_;
    std::size_t imported_ = 0;
    std::size_t open_ = 0;
    std::size_t last_ = ~std::size_t{0}; ///< function whose body got an end
};

} // namespace

bool lacks_ends(std::span<std::uint8_t const> bytes)
{
    return Repair{bytes}.succeeds();
}

} // namespace touchstone::laxities
