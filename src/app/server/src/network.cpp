#include "network.hpp"

#include <array>
#include <optional>

#include <leaven/op/answer.hpp>

namespace leaven::server {
namespace {

using boost::system::error_code;

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

/// One connection, for as long as anything waits for it.
class Server::Network::Talk : public std::enable_shared_from_this<Talk> {
public:
    Talk(Network& network, asio::ip::tcp::socket socket) : network_(network), stream_(std::move(socket)) {
        ++network_.connections_;
    }
    ~Talk() { --network_.connections_; }
    Talk(const Talk&) = delete;
    Talk& operator=(const Talk&) = delete;

    void read() {
        parser_.emplace();
        parser_->header_limit(network_.options_.longest_head);
        parser_->body_limit(network_.options_.longest_body);
        stream_.expires_after(network_.options_.patience);
        http::async_read(stream_, buffer_, *parser_,
                         [self = shared_from_this()](error_code code, std::size_t) { self->on_read(code); });
    }

private:
    void on_read(error_code code) {
        if (code) return refuse(code);
        version_ = parser_->get().version();
        keep_alive_ = parser_->get().keep_alive();
        head_ = parser_->get().method() == http::verb::head;
        auto request = request_of(parser_->release());
        if (Service::is_call(request)) return call(std::move(request));
        Context context;
        write(network_.service_.answer(request, context));
    }

    /// What could not be read is answered where somebody still listens.
    void refuse(error_code code) {
        const bool of_http = code.category() == make_error_code(http::error::bad_method).category();
        if (!of_http || code == http::error::end_of_stream || code == http::error::partial_message) return;
        const int status = code == http::error::header_limit ? 431 : code == http::error::body_limit ? 413 : 400;
        const auto error = bad_input({"the request cannot be read: {}", "无法读取请求：{}"}, code.message()).error;
        keep_alive_ = false;
        unread_ = true;
        write(network_.service_.refusal(status, error, {}));
    }

    /// Runs an operation beside the network, and stops it where its client goes away.
    void call(Request request) {
        const auto most = network_.options_.most_calls;
        if (network_.running_.size() >= most) {
            const auto error = failure(ErrorCode::cancelled, {"{} calls run or wait already", "已有 {} 个调用"}, most)
                                   .advise({"ask again later", "请稍后再试"})
                                   .error;
            auto busy = network_.service_.refusal(503, error, request);
            busy.headers.emplace_back("retry-after", "1");
            return write(std::move(busy));
        }
        context_ = std::make_shared<Context>();
        network_.running_.insert(context_);
        stream_.expires_never();
        watch();
        // `self` moves on: its last owner must be the network's thread.
        asio::post(network_.workers_,
                   [self = shared_from_this(), context = context_, request = std::move(request)]() mutable {
                       auto& network = self->network_;
                       const auto& service = network.service_;
                       auto response = context->stopped() ? service.refusal(503, cancelled().error, request)
                                                          : service.answer(request, *context);
                       asio::post(network.io_, [self = std::move(self), response = std::move(response)]() mutable {
                           self->on_answer(std::move(response));
                       });
                   });
    }

    /// A client that closes its end wants no answer. One that sends more waits for it.
    void watch() {
        const auto on_bytes = [self = shared_from_this(), context = context_](error_code code) {
            if (code || self->context_ != context) return;
            auto& socket = self->stream_.socket();
            char byte = 0;
            socket.non_blocking(true, code);
            socket.receive(asio::buffer(&byte, 1), asio::ip::tcp::socket::message_peek, code);
            if (code && code != asio::error::would_block) context->stop();
        };
        stream_.socket().async_wait(asio::ip::tcp::socket::wait_read, on_bytes);
    }

    void on_answer(Response response) {
        network_.running_.erase(context_);
        context_.reset();
        error_code ignored;
        stream_.socket().cancel(ignored);  // the watch
        write(std::move(response));
    }

    void write(Response response) {
        message_.emplace(message_of(std::move(response), version_, keep_alive_, head_));
        stream_.expires_after(network_.options_.patience);
        http::async_write(stream_, *message_,
                          [self = shared_from_this()](error_code code, std::size_t) { self->on_written(code); });
    }

    void on_written(error_code code) {
        if (code) return;
        if (keep_alive_) return read();
        stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, code);
        // Closed with bytes unread, the connection would be reset before the answer is seen.
        if (unread_ && !code) drain();
    }

    void drain() {
        stream_.async_read_some(asio::buffer(rest_), [self = shared_from_this()](error_code code, std::size_t read) {
            self->drained_ += read;
            if (!code && self->drained_ < self->network_.options_.longest_body) self->drain();
        });
    }

    Network& network_;
    beast::tcp_stream stream_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    std::optional<http::response<http::string_body>> message_;
    std::shared_ptr<Context> context_;  // of the call that runs
    unsigned version_ = 11;
    bool keep_alive_ = true;
    bool head_ = false;
    bool unread_ = false;  // there may be more of a request that was refused
    std::array<char, 4096> rest_{};
    std::size_t drained_ = 0;
};

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
    accept();
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
    error_code ignored;
    signals.clear(ignored);  // a second Ctrl-C ends the process, whatever a call is at
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

void Server::Network::accept() {
    acceptor_.async_accept([this](error_code code, asio::ip::tcp::socket socket) {
        if (code == asio::error::operation_aborted) return;
        if (code) {  // such as too many open files: later there may be fewer
            pause_.expires_after(std::chrono::milliseconds(100));
            return pause_.async_wait([this](error_code stopped) {
                if (!stopped) accept();
            });
        }
        if (connections_ < options_.most_connections)  // else it is closed as it goes
            std::make_shared<Talk>(*this, std::move(socket))->read();
        accept();
    });
}

Server::Server(const Registry& registry, Options options)
    : network_(std::make_unique<Network>(registry, std::move(options))) {}

Server::~Server() = default;

Result<std::uint16_t> Server::open() { return network_->open(); }

void Server::run(bool on_signals) { network_->run(on_signals); }

void Server::stop() { network_->stop(); }

}  // namespace leaven::server
