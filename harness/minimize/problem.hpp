#pragma once
// A case as the minimizer works on it: modules decoded and traced, and the calls.

#include "cases/case.hpp"
#include "engine/validation/trace.hpp"

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace touchstone::minimize {

/// How the blocks of one function lie in each other; entries are instructions' positions.
struct Nesting
{
    static constexpr std::uint32_t none = 0xFFFF'FFFF;

    std::vector<std::uint32_t> partner; ///< of a block's begin its `end`, of an `end` its begin
    std::vector<std::uint32_t> else_of; ///< of an `if`: its `else`, if it has one
    std::vector<std::uint32_t> around;  ///< the begin of the innermost block around it
};

/// One defined function's code, read-only, with what is known of it.
struct CodeView
{
    Func const* func = nullptr;
    FuncType const* type = nullptr;   ///< of a valid module
    FuncTrace const* trace = nullptr; ///< of a valid module
    Nesting const* nesting = nullptr;

    [[nodiscard]] std::vector<Instr> const& instrs() const { return func->body.instrs; }
    [[nodiscard]] FuncTrace::Step const& step(std::size_t at) const { return trace->steps[at]; }
};

/// A module as it came in, or as it was when a candidate was accepted; never changed.
class Source
{
public:
    explicit Source(std::vector<std::uint8_t> bytes, Format format = Format::Binary);
    Source(Source const&) = delete;
    Source& operator=(Source const&) = delete;

    [[nodiscard]] std::vector<std::uint8_t> const& bytes() const { return bytes_; }
    /// Text is never decoded: it is bytes to be cut.
    [[nodiscard]] Format format() const { return format_; }
    /// Our validator accepts it: its functions have views.
    [[nodiscard]] bool valid() const { return valid_ != nullptr; }
    [[nodiscard]] bool decoded() const { return decoded_; }
    /// Empty if it cannot be decoded.
    [[nodiscard]] Module const& module() const { return valid() ? valid_->module() : module_; }
    [[nodiscard]] ValidModule const& valid_module() const { return *valid_; }
    /// A defined function; of a module that is not valid without type and trace.
    [[nodiscard]] CodeView code(std::size_t defined) const;

private:
    std::vector<std::uint8_t> bytes_;
    Format format_ = Format::Binary;
    bool decoded_ = false;
    Module module_;
    std::shared_ptr<ValidModule const> valid_;
    std::vector<FuncTrace> traces_;
    std::vector<Nesting> nestings_;
};

/// A module of a problem: its source, or an edited copy of it.
class Piece
{
public:
    Piece(std::string its_name, std::shared_ptr<Source const> source)
        : name{std::move(its_name)}, source_{std::move(source)}
    {}

    std::string name;

    [[nodiscard]] Source const& source() const { return *source_; }
    [[nodiscard]] bool edited() const { return edited_.has_value(); }
    [[nodiscard]] Module const& module() const { return edited_ ? *edited_ : source_->module(); }
    /// A copy that may be changed; it becomes a source when the candidate is settled.
    [[nodiscard]] Module& edit();
    /// Other bytes altogether.
    void replace(std::vector<std::uint8_t> bytes);
    /// Turns an edited copy into a source. False if a module that was valid is so no longer.
    [[nodiscard]] bool settle();

private:
    std::shared_ptr<Source const> source_;
    std::optional<Module> edited_;
};

struct Problem
{
    std::string origin;
    std::vector<Piece> pieces;
    std::vector<Call> calls;
};

[[nodiscard]] Problem problem_of(Case const& c);
/// Of a settled problem.
[[nodiscard]] Case case_of(Problem const& p);

/// Makes every edited piece a source. False if one is not valid any more: such a candidate is
/// nothing to be tried.
[[nodiscard]] bool settle(Problem& p);

/// What is to become less: first what there is, then how large its numbers and names are. Only
/// candidates that cost less are tried, so that minimizing comes to an end.
struct Cost
{
    std::uint64_t weight = 0;
    std::uint64_t detail = 0;
    friend constexpr auto operator<=>(Cost const&, Cost const&) = default;
};

[[nodiscard]] Cost cost_of(Problem const& p);

/// Instructions of all function bodies, without `end`.
[[nodiscard]] std::size_t instruction_count(Problem const& p);

} // namespace touchstone::minimize
