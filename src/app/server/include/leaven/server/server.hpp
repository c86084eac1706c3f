// `leaven serve`: the registry and the workbench over HTTP/1.1, for one machine or a lab's network.
//
// What comes in is hostile: headers, bodies, connections and waiting calls are bounded, a client that is slow is let
// go, a name that is not the server's is not answered (DNS rebinding), files are limited to the folders that were
// named. There is no log-in: who reaches the address may run operations, so it is the machine's own unless told.
// Threads: one for the network; operations run on others, and stop when their client goes away.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <leaven/op/operation.hpp>

namespace leaven::server {

struct Options {
    std::string host = "127.0.0.1";                 // address to listen at
    std::uint16_t port = 8420;                      // 0: any that is free
    std::vector<std::filesystem::path> roots = {};  // what calls may read and write; empty: the working folder
    std::vector<std::string> names = {};            // by which clients may call the server, besides addresses
    Lang lang = Lang::en;
    std::filesystem::path uploads = {};  // where files of calls lie; empty: a new temporary folder of `serve`

    // Bounds.
    std::size_t longest_body = std::size_t{64} << 20;
    std::uint32_t longest_head = std::uint32_t{16} << 10;
    std::size_t most_connections = 256;
    std::size_t most_calls = 64;                                    // that run or wait
    std::chrono::milliseconds patience = std::chrono::seconds(30);  // for a request to come whole, and to be taken
};

/// The words after `leaven serve`: --host, --port, --root, --name, --lang.
///
/// Errors  bad_input  an unknown option, no address, no port;  not_found  no such folder
Result<Options> read_options(const std::vector<std::string>& words, Lang lang);

/// What `leaven serve --help` prints.
std::string help_text(Lang lang);

class Server {
public:
    /// The registry must outlive the server.
    Server(const Registry& registry, Options options);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Listens from now on; the port.  Errors  bad_input  the address cannot be used
    Result<std::uint16_t> open();

    /// Answers until `stop`. `on_signals`: SIGINT and SIGTERM stop it.
    void run(bool on_signals = false);

    /// Stops what runs. From any thread.
    void stop();

private:
    class Network;
    std::unique_ptr<Network> network_;
};

/// Serves until it is interrupted; from then on the process reads and writes only below the roots. Prints the address.
///
/// Errors  bad_input  the address or a root cannot be used
Status serve(const Registry& registry, Options options);

}  // namespace leaven::server
