// Whose requests are answered.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace leaven::server {

/// Is the Host header one of this server's: an address, localhost, or one of `names`? A page elsewhere whose name is
/// made to lead here (DNS rebinding) gives its own.
bool is_own_host(std::string_view host, const std::vector<std::string>& names);

/// Does a request come from a page of this server, or from no page at all?
bool is_own_origin(std::string_view origin, std::string_view host);

}  // namespace leaven::server
