#include "cli/coverage_option.hpp"

#include "cli/json_output.hpp"
#include "oracles/in_process.hpp"
#include "reports/coverage.hpp"
#include "reports/version.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace touchstone::cli {

void CoverageOption::add_to(Options& options)
{
    options.result("--coverage", file_, "which rules of the specification the reference applied");
}

std::shared_ptr<RuleSums> const& CoverageOption::sums()
{
    if (sums_ == nullptr && !file_.empty())
        sums_ = std::make_shared<RuleSums>();
    return sums_;
}

bool CoverageOption::count_in(std::vector<script::EngineSource>& engines)
{
    if (sums() == nullptr)
        return true;
    auto const reference = std::ranges::find(engines, "reference", &script::EngineSource::name);
    if (reference == engines.end())
        return false;
    reference->make = [sums = sums_] { return make_reference_oracle(sums); };
    return true;
}

std::optional<Exit> CoverageOption::write(coverage::Source source, Io io)
{
    if (sums() == nullptr)
        return std::nullopt;
    source.touchstone = reports::version();
    auto const counted = coverage::coverage_of(sums_->read(), std::move(source));
    return write_json(reports::coverage_json(counted), file_, io);
}

} // namespace touchstone::cli
