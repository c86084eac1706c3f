// The registry for AI assistants: a server of the Model Context Protocol, every operation a tool.
//
// JSON-RPC 2.0, one message a line, revisions 2025-06-18 and 2025-03-26 of the protocol. What comes in is hostile:
// lines are bounded, nesting is bounded, calls that wait are bounded, files are limited to the folders that were named.
// Threads: calls run beside the thread that feeds the server; `send` is called by one thread at a time.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/op/operation.hpp>

namespace leaven::mcp {

struct Options {
    std::vector<std::filesystem::path> roots = {};  // what calls may read and write; empty: the working folder
    std::vector<std::string> modules = {};          // whose tools are offered; empty: all
    Lang lang = Lang::en;                           // of descriptions, and of results where a call asks for none

    // Bounds.
    std::size_t longest_line = std::size_t{16} << 20;  // bytes of one message
    std::size_t longest_result = 20'000;               // characters shown of a result; the whole is a resource
    std::size_t most_waiting = 64;                     // calls that run or wait
    std::size_t kept_results = 16;                     // of the last calls, to be read as resources
};

/// The words after `leaven mcp`: --root DIR, --modules A,B, --lang en|zh.
///
/// Errors  bad_input  an unknown option or module;  not_found  no such folder
Result<Options> read_options(const Registry& registry, const std::vector<std::string>& words, Lang lang);

/// What `leaven mcp --help` prints.
std::string help_text(Lang lang);

class Server {
public:
    /// Takes one message without a line end; false where nobody listens any more.
    using Send = std::function<bool(std::string_view line)>;

    Server(const Registry& registry, Options options, Send send);
    ~Server();  // stops what still runs
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Bytes as they come in: any number of messages, cut anywhere.
    void feed(std::string_view bytes);

    /// End of input: calls that run may finish for so long, then they are stopped. Returns when none runs.
    void finish(std::chrono::milliseconds grace);

private:
    class Session;
    std::unique_ptr<Session> session_;
};

/// Serves standard input and output until the input ends; from then on the process reads and writes only below the
/// roots, and its working folder is the first of them. Standard output carries nothing but messages.
///
/// Errors  bad_input  a root that cannot be entered
Status serve(const Registry& registry, Options options);

}  // namespace leaven::mcp
