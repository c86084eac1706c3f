// The service on the network: the one file family that knows Boost.Asio and Boost.Beast.
#pragma once

#include <set>
#include <utility>  // before Asio, which uses it unsaid

#include <boost/asio.hpp>
#include <boost/beast.hpp>

#include <leaven/server/server.hpp>
#include <leaven/server/service.hpp>

namespace leaven::server {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

class Server::Network {
public:
    Network(const Registry& registry, Options options);

    Result<std::uint16_t> open();
    void run(bool on_signals);
    void stop();

private:
    class Talk;

    void accept();
    void close();

    const Options options_;
    const Service service_;
    std::size_t connections_ = 0;
    std::set<std::shared_ptr<Context>> running_;  // calls that run or wait
    asio::io_context io_{1};
    asio::ip::tcp::acceptor acceptor_{io_};
    asio::steady_timer pause_{io_};
    asio::thread_pool workers_{4};  // goes first: its work tells io_ when it is done
};

}  // namespace leaven::server
