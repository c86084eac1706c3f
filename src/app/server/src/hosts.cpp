#include "hosts.hpp"

#include <algorithm>

#include <arpa/inet.h>

namespace leaven::server {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool is_address(const std::string& name, int family) {
    in6_addr address{};
    return ::inet_pton(family, name.c_str(), &address) == 1;
}

bool is_port(std::string_view port) {
    return !port.empty() && port.size() <= 5 &&
           std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool is_own_host(std::string_view host, const std::vector<std::string>& names) {
    if (host.starts_with('[')) {
        const auto end = host.find(']');
        if (end == std::string_view::npos) return false;
        const auto rest = host.substr(end + 1);
        return is_address(std::string(host.substr(1, end - 1)), AF_INET6) &&
               (rest.empty() || (rest[0] == ':' && is_port(rest.substr(1))));
    }
    const auto colon = host.find(':');
    if (colon != std::string_view::npos && !is_port(host.substr(colon + 1))) return false;
    const auto name = host.substr(0, colon);
    return same_name(name, "localhost") || is_address(std::string(name), AF_INET) ||
           std::any_of(names.begin(), names.end(), [&](const auto& own) { return same_name(name, own); });
}

bool is_own_origin(std::string_view origin, std::string_view host) {
    if (origin.empty()) return true;
    for (const std::string_view scheme : {"http://", "https://"})
        if (origin.starts_with(scheme)) return same_name(origin.substr(scheme.size()), host);
    return false;
}

}  // namespace leaven::server
