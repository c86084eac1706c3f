#include "network.hpp"

// GCC 12 takes the frames of coroutines, which Asio allocates and frees itself, for a mismatch.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace leaven::server {
namespace {

using boost::system::error_code;

auto into(error_code& code) { return asio::redirect_error(asio::use_awaitable, code); }

std::string text_of(beast::string_view view) { return {view.data(), view.size()}; }

Request request_of(http::request<http::string_body>&& message) {
    return {text_of(message.method_string()),
            text_of(message.target()),
            text_of(message[http::field::host]),
            text_of(message[http::field::origin]),
            text_of(message[http::field::content_type]),
            text_of(message[http::field::accept_language]),
            std::move(message.body())};
}

http::response<http::string_body> message_of(Response response, unsigned version, bool keep_alive, bool head) {
    http::response<http::string_body> message(static_cast<http::status>(response.status), version);
    message.set(http::field::server, "Leaven");
    message.set(http::field::content_type, response.content_type);
    message.set("x-content-type-options", "nosniff");
    message.set("referrer-policy", "no-referrer");
    message.set("cross-origin-resource-policy", "same-origin");
    for (const auto& [name, value] : response.headers) message.set(name, value);
    message.keep_alive(keep_alive);
    const auto size = response.body.size();
    if (!head) message.body() = std::move(response.body);
    message.prepare_payload();
    if (head) message.content_length(size);
    return message;
}

}  // namespace

Server::Network::Network(const Registry& registry, Options options)
    : options_(std::move(options)), service_(registry, {options_.lang, options_.names, options_.uploads}) {}

Result<std::uint16_t> Server::Network::open() {
    const auto unusable = [&](const error_code& code) {
        return bad_input({"the address cannot be used: {}", "无法使用该地址：{}"}, code.message())
            .at(fmt::format("{} port {}", options_.host, options_.port))
            .advise({"name an address of this machine with --host, another port with --port",
                     "请以 --host 指定本机地址，以 --port 指定其他端口"});
    };
    error_code code;
    const auto address = asio::ip::make_address(options_.host == "localhost" ? "127.0.0.1" : options_.host, code);
    if (code) return unusable(code);
    const asio::ip::tcp::endpoint place(address, options_.port);
    acceptor_.open(place.protocol(), code);
    if (!code) acceptor_.set_option(asio::socket_base::reuse_address(true), code);
    if (!code) acceptor_.bind(place, code);
    if (!code) acceptor_.listen(asio::socket_base::max_listen_connections, code);
    if (code) return unusable(code);
    asio::co_spawn(io_, accept(), asio::detached);
    return acceptor_.local_endpoint().port();
}

void Server::Network::run(bool on_signals) {
    asio::signal_set signals(io_);
    if (on_signals) {
        signals.add(SIGINT);
        signals.add(SIGTERM);
        signals.async_wait([this](const error_code& code, int) {
            if (!code) close();
        });
    }
    io_.run();
    workers_.join();
}

void Server::Network::stop() {
    asio::post(io_, [this] { close(); });
}

void Server::Network::close() {
    error_code ignored;
    acceptor_.close(ignored);
    for (const auto& context : running_) context->stop();
    io_.stop();
}

asio::awaitable<void> Server::Network::accept() {
    for (;;) {
        error_code code;
        auto socket = co_await acceptor_.async_accept(into(code));
        if (code == asio::error::operation_aborted) co_return;
        if (code) {  // such as too many open files: later there may be fewer
            asio::steady_timer pause(io_, std::chrono::milliseconds(100));
            co_await pause.async_wait(into(code));
            continue;
        }
        if (connections_ >= options_.most_connections) continue;  // closed as it goes
        ++connections_;
        asio::co_spawn(io_, talk(Socket(std::move(socket))), [this](const std::exception_ptr&) { --connections_; });
    }
}

asio::awaitable<void> Server::Network::talk(Socket stream) {
    beast::flat_buffer buffer;
    bool more = true;
    while (more) more = co_await exchange(stream, buffer);
    error_code ignored;
    stream.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

/// One request and its response; false where the connection ends with it.
asio::awaitable<bool> Server::Network::exchange(Socket& stream, beast::flat_buffer& buffer) {
    Parser parser;
    parser.header_limit(options_.longest_head);
    parser.body_limit(options_.longest_body);
    stream.expires_after(options_.patience);
    error_code code;
    co_await http::async_read(stream, buffer, parser, into(code));
    if (code) {
        co_await refuse(stream, code);
        co_return false;
    }
    const bool head = parser.get().method() == http::verb::head;
    const bool keep_alive = parser.get().keep_alive();
    const auto version = parser.get().version();
    const auto request = request_of(parser.release());
    auto response = co_await answer(stream, request);
    const auto message = message_of(std::move(response), version, keep_alive, head);
    stream.expires_after(options_.patience);
    http::response_serializer<http::string_body> serializer(message);
    co_await http::async_write(stream, serializer, into(code));
    co_return !code && keep_alive;
}

/// What could not be read is answered where somebody still listens.
asio::awaitable<void> Server::Network::refuse(Socket& stream, beast::error_code code) {
    const bool of_http = code.category() == make_error_code(http::error::bad_method).category();
    if (!of_http || code == http::error::end_of_stream || code == http::error::partial_message) co_return;
    const bool head = code == http::error::header_limit;
    const bool body = code == http::error::body_limit;
    const auto error = bad_input({"the request cannot be read: {}", "无法读取请求：{}"}, code.message()).error;
    const auto message = message_of(service_.refusal(head ? 431 : body ? 413 : 400, error, {}), 11, false, false);
    stream.expires_after(options_.patience);
    http::response_serializer<http::string_body> serializer(message);
    co_await http::async_write(stream, serializer, into(code));
    // Closed with bytes unread, the connection would be reset before the answer is seen.
    stream.socket().shutdown(asio::ip::tcp::socket::shutdown_send, code);
    std::array<char, 4096> rest{};
    for (std::size_t read = 0; !code && read < options_.longest_body;)
        read += co_await stream.async_read_some(asio::buffer(rest), into(code));
}

asio::awaitable<Response> Server::Network::answer(Socket& stream, const Request& request) {
    if (Service::is_call(request)) co_return co_await call(stream, request);
    Context context;
    co_return service_.answer(request, context);
}

/// Runs an operation beside the network, and stops it where its client goes away.
asio::awaitable<Response> Server::Network::call(Socket& stream, const Request& request) {
    if (running_.size() >= options_.most_calls) {
        auto busy = service_.refusal(
            503,
            failure(ErrorCode::cancelled, {"{} calls run or wait already", "已有 {} 个调用"}, options_.most_calls)
                .advise({"ask again later", "请稍后再试"})
                .error,
            request);
        busy.headers.emplace_back("retry-after", "1");
        co_return busy;
    }
    const auto context = std::make_shared<Context>();
    running_.insert(context);
    stream.expires_never();
    watch(stream, context);
    const auto done = std::make_shared<asio::steady_timer>(io_, asio::steady_timer::time_point::max());
    const auto response = std::make_shared<Response>();
    // The request is copied: this frame may be gone before the operation is.
    asio::post(workers_, [this, request, context, done, response] {
        *response =
            context->stopped() ? service_.refusal(503, cancelled().error, request) : service_.answer(request, *context);
        asio::post(io_, [done] { done->cancel(); });
    });
    error_code code;
    co_await done->async_wait(into(code));
    running_.erase(context);
    stream.socket().cancel(code);  // the watch
    co_return std::move(*response);
}

/// A client that closes its end wants no answer. One that sends more waits for it.
void Server::Network::watch(Socket& stream, const std::shared_ptr<Context>& context) {
    stream.socket().async_wait(asio::ip::tcp::socket::wait_read, [this, &stream, context](error_code code) {
        if (code || !running_.contains(context)) return;  // the call has ended, and the stream may be gone
        char byte = 0;
        stream.socket().non_blocking(true, code);
        stream.socket().receive(asio::buffer(&byte, 1), asio::ip::tcp::socket::message_peek, code);
        if (code && code != asio::error::would_block) context->stop();
    });
}

Server::Server(const Registry& registry, Options options)
    : network_(std::make_unique<Network>(registry, std::move(options))) {}

Server::~Server() = default;

Result<std::uint16_t> Server::open() { return network_->open(); }

void Server::run(bool on_signals) { network_->run(on_signals); }

void Server::stop() { network_->stop(); }

}  // namespace leaven::server
