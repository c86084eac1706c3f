#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <leaven/access/folders.hpp>
#include <leaven/mcp/server.hpp>

namespace leaven::mcp {
namespace {

using namespace std::chrono_literals;

/// Closed when it goes.
struct Descriptor {
    explicit Descriptor(int number) : fd(number) {}
    ~Descriptor() {
        if (fd >= 0) ::close(fd);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int fd;
};

bool write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// Feeds the server until the input ends or nobody reads the output.
void pump(Server& server, int hung_up) {
    std::string buffer(std::size_t{1} << 16, '\0');
    for (;;) {
        pollfd sources[2] = {{STDIN_FILENO, POLLIN, 0}, {hung_up, POLLIN, 0}};
        if (::poll(sources, 2, -1) < 0 && errno != EINTR) return;
        if (sources[1].revents != 0) return;
        if (sources[0].revents == 0) continue;
        const auto got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return;
        server.feed(std::string_view(buffer).substr(0, static_cast<std::size_t>(got)));
    }
}

}  // namespace

Status serve(const Registry& registry, Options options) {
    if (auto status = access::confine(options.roots); !status) return status;
    std::signal(SIGPIPE, SIG_IGN);
    // Messages have the output for themselves: whatever else is printed goes to standard error.
    const Descriptor out(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3));
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return bad_input({"no pipe: {}", "无法建立管道：{}"}, std::string(std::strerror(errno)));
    const Descriptor hung_up(ends[0]);
    const Descriptor hang_up(ends[1]);

    Server server(registry, std::move(options), [&](std::string_view line) {
        if (write_all(out.fd, std::string(line) + "\n")) return true;
        write_all(hang_up.fd, "x");
        return false;
    });
    pump(server, hung_up.fd);
    server.finish(1s);
    return {};
}

}  // namespace leaven::mcp
