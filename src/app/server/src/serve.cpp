#include <cstdio>
#include <cstdlib>

#include <leaven/access/folders.hpp>
#include <leaven/op/answer.hpp>
#include <leaven/server/server.hpp>

namespace leaven::server {
namespace {

namespace fs = std::filesystem;

/// A new folder that goes with its contents.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::error_code code;
        auto pattern = (fs::temp_directory_path(code) / "leaven-serve-XXXXXX").string();
        if (::mkdtemp(pattern.data()) != nullptr) path_ = fs::canonical(pattern, code);
    }
    ~TemporaryFolder() {
        std::error_code code;
        if (!path_.empty()) fs::remove_all(path_, code);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

bool is_loopback(const std::string& host) { return host == "localhost" || host == "::1" || host.starts_with("127."); }

std::string address_of(const Options& options, std::uint16_t port) {
    const bool six = options.host.find(':') != std::string::npos;
    return fmt::format(fmt::runtime(six ? "http://[{}]:{}/" : "http://{}:{}/"), options.host, port);
}

}  // namespace

Status serve(const Registry& registry, Options options) {
    const TemporaryFolder folder;
    if (folder.path().empty())
        return bad_input({"there is no place for temporary files", "没有存放临时文件的位置"})
            .at("TMPDIR")
            .advise({"name a folder that may be written", "请指定可写的文件夹"});
    options.uploads = folder.path();
    if (auto status = access::confine(options.roots, {folder.path()}); !status) return status;
    Server server(registry, options);
    const auto port = server.open();
    if (!port) return pass(port);
    fmt::print("{}\n", text({"Leaven listens at {} · Ctrl-C ends it", "Leaven 已启动：{} · 按 Ctrl-C 结束"},
                            address_of(options, *port))
                           .in(options.lang));
    if (!is_loopback(options.host))
        fmt::print(stderr, "{}\n",
                   Doc{"Whoever reaches this address may run operations and read and write below the roots.",
                       "能访问该地址者即可运行操作，并读写所允许的文件夹。"}
                       .in(options.lang));
    std::fflush(stdout);
    server.run(true);
    return {};
}

}  // namespace leaven::server
