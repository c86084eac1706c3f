// The server on a real socket: bytes of any kind, clients that are slow, leave, or ask too much.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <leaven/op/answer.hpp>
#include <leaven/server/server.hpp>

#include "probes.hpp"

namespace leaven::server {
namespace {

using namespace std::chrono_literals;

/// A call that says when it runs and when it has been stopped.
struct Signals {
    std::mutex mutex;
    std::condition_variable changed;
    int begun = 0;
    int stopped = 0;

    void wait(int Signals::*what, int count) {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return this->*what >= count; });
    }
    void tell(int Signals::*what) {
        const std::scoped_lock lock(mutex);
        ++(this->*what);
        changed.notify_all();
    }
};

Signals& signals() {
    static Signals all;
    return all;
}

Result<testing::RowsResult> held(const testing::NoParams& params, Context& context) {
    signals().tell(&Signals::begun);
    auto result = testing::endless(params, context);
    signals().tell(&Signals::stopped);
    return result;
}

class Running {
public:
    explicit Running(Options options = {}) : server_(registry_, with(std::move(options))) {
        port_ = server_.open().value();
        thread_ = std::thread([this] { server_.run(); });
    }
    ~Running() {
        server_.stop();
        thread_.join();
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }

private:
    static Options with(Options options) {
        options.port = 0;
        return options;
    }
    static Registry probes() {
        auto all = testing::probes();
        all.push_back(make("probe held", {"Runs on", "一直运行"}, held));
        return all;
    }

    const Registry registry_ = probes();
    Server server_;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

class Client {
public:
    explicit Client(const Running& server) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_port = htons(server.port());
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&place), sizeof place) == 0;
    }
    ~Client() { ::close(fd_); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    void send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return;  // the server has had enough
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
    void end() { ::shutdown(fd_, SHUT_WR); }

    /// Until the server ends the connection.
    std::string rest() {
        std::string all;
        std::array<char, 4096> some{};
        for (;;) {
            const auto got = ::recv(fd_, some.data(), some.size(), 0);
            if (got <= 0) return all;
            all.append(some.data(), static_cast<std::size_t>(got));
        }
    }

    [[nodiscard]] bool connected() const { return connected_; }

private:
    int fd_;
    bool connected_ = false;
};

std::string posted(const std::string& verb, const std::string& body,
                   const std::string& more = "Connection: close\r\n") {
    return fmt::format(
        "POST /api/v1/probe/{} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{}"
        "Content-Length: {}\r\n\r\n{}",
        verb, more, body.size(), body);
}

std::string said_to(const Running& server, std::string_view bytes) {
    Client client(server);
    client.send(bytes);
    client.end();
    return client.rest();
}

bool answers(const Running& server) {
    Client client(server);
    client.send(posted("rows", R"({"count": 1})"));
    return client.rest().find(R"({"rows":[{"number":0,"word":"row"}]})") != std::string::npos;
}

std::size_t count_of(std::string_view text, std::string_view what) {
    std::size_t count = 0;
    for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++count;
    return count;
}

TEST(Network, answers_requests_of_one_connection_in_order) {
    const Running server;
    Client client(server);
    client.send(posted("rows", R"({"count": 1, "word": "first"})", "") +
                posted("rows", R"({"count": 1, "word": "second"})", "") + "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n" +
                posted("rows", R"({"count": 1, "word": "last"})"));
    const auto all = client.rest();
    EXPECT_EQ(count_of(all, "HTTP/1.1 200 OK"), 4U) << all;
    EXPECT_LT(all.find("first"), all.find("second"));
    EXPECT_LT(all.find("second"), all.find("last"));
    EXPECT_EQ(count_of(all, "<!doctype html>"), 0U) << "HEAD has no body";
    EXPECT_EQ(count_of(all, "nosniff"), 4U);
}

TEST(Network, refuses_what_is_too_long_or_no_http) {
    Options options;
    options.longest_body = 1000;
    options.longest_head = 1000;
    const Running server(options);
    EXPECT_EQ(said_to(server, posted("rows", std::string(2000, ' '))).substr(0, 12), "HTTP/1.1 413");
    EXPECT_EQ(said_to(server, "GET / HTTP/1.1\r\nHost: " + std::string(2000, 'x') + "\r\n\r\n").substr(0, 12),
              "HTTP/1.1 431");
    EXPECT_EQ(said_to(server, "hello\r\n\r\n").substr(0, 12), "HTTP/1.1 400");
    EXPECT_EQ(said_to(server, "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n").substr(0, 12), "HTTP/1.1 400");
    EXPECT_EQ(said_to(server, "GET / HTTP/1.1\r\n\r\n").substr(0, 12), "HTTP/1.1 421") << "no Host";
    EXPECT_TRUE(answers(server));
}

TEST(Network, lets_a_slow_client_go) {
    Options options;
    options.patience = 50ms;
    const Running server(options);
    Client silent(server);
    EXPECT_EQ(silent.rest(), "");
    Client slow(server);
    slow.send("POST /api/v1/probe/rows HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{");
    EXPECT_EQ(slow.rest(), "");
    EXPECT_TRUE(answers(server));
}

TEST(Network, stops_a_call_whose_client_left) {
    const Running server;
    const auto begun = signals().begun + 1;
    const auto stopped = signals().stopped + 1;
    {
        Client client(server);
        client.send(posted("held", "{}"));
        signals().wait(&Signals::begun, begun);
    }
    signals().wait(&Signals::stopped, stopped);
    EXPECT_TRUE(answers(server));
}

TEST(Network, stops_what_runs_when_it_is_stopped) {
    const auto begun = signals().begun + 1;
    const auto stopped = signals().stopped + 1;
    auto server = std::make_unique<Running>();
    Client client(*server);
    client.send(posted("held", "{}"));
    signals().wait(&Signals::begun, begun);
    server.reset();
    signals().wait(&Signals::stopped, stopped);
    EXPECT_EQ(client.rest(), "");
}

TEST(Network, says_so_when_too_much_waits) {
    Options options;
    options.most_calls = 1;
    const Running server(options);
    const auto begun = signals().begun + 1;
    Client first(server);
    first.send(posted("held", "{}"));
    signals().wait(&Signals::begun, begun);
    Client second(server);
    second.send(posted("rows", "{}"));
    const auto busy = second.rest();
    EXPECT_EQ(busy.substr(0, 12), "HTTP/1.1 503") << busy;
    EXPECT_NE(busy.find("retry-after: 1"), std::string::npos);
}

TEST(Network, too_many_connections_are_closed) {
    Options options;
    options.most_connections = 2;
    const Running server(options);
    Client first(server);
    Client second(server);
    Client third(server);
    third.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(third.rest(), "");
}

TEST(Network, an_address_that_cannot_be_used) {
    const Registry none;
    for (const auto* host : {"", "x", "999.1.1.1", "203.0.113.7"}) {
        Options options;
        options.host = host;
        const auto port = Server(none, options).open();
        ASSERT_FALSE(port) << host;
        EXPECT_EQ(port.error().code, ErrorCode::bad_input);
    }
}

/// Bytes that are a request with faults in it, cut anywhere.
RC_GTEST_PROP(Network, survives_any_bytes, ()) {
    static const Running server;
    auto bytes = *rc::gen::element(posted("rows", R"({"count": 1})"), posted("file", R"({"file": "x"})"),
                                   std::string("GET /api/v1/operations HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                                   std::string("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"));
    for (int i = *rc::gen::inRange(0, 8); i > 0; --i) {
        const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
        bytes[at] = *rc::gen::arbitrary<char>();
    }
    bytes.resize(*rc::gen::inRange<std::size_t>(0, bytes.size() + 1));
    said_to(server, bytes + *rc::gen::arbitrary<std::string>());
    RC_ASSERT(answers(server));
}

}  // namespace
}  // namespace leaven::server
