#include <leaven/mcp/server.hpp>

#include "session.hpp"

namespace leaven::mcp {

Server::Server(const Registry& registry, Options options, Send send)
    : session_(std::make_unique<Session>(registry, std::move(options), std::move(send))) {}

Server::~Server() = default;

void Server::feed(std::string_view bytes) { session_->feed(bytes); }

void Server::finish(std::chrono::milliseconds grace) { session_->finish(grace); }

}  // namespace leaven::mcp
