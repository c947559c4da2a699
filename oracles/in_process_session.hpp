#pragma once
// Instances of one of our engines that live on between calls.

#include "engine/embedding/store.hpp"
#include "oracles/oracle.hpp"

namespace touchstone {

[[nodiscard]] std::unique_ptr<Session> make_in_process_session(
    std::unique_ptr<Store> store, SessionOptions const& options);

} // namespace touchstone
