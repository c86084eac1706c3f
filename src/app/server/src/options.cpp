#include <charconv>

#include <leaven/access/options.hpp>
#include <leaven/server/server.hpp>

namespace leaven::server {
namespace {

Result<std::uint16_t> read_port(const std::string& value) {
    std::uint16_t port = 0;
    const auto [end, code] = std::from_chars(value.data(), value.data() + value.size(), port);
    if (code == std::errc() && end == value.data() + value.size() && !value.empty()) return port;
    return bad_input({"\"{}\" is no port", "“{}”不是端口号"}, value)
        .at("--port")
        .advise({"0 to 65535; 0 takes any that is free", "0 至 65535；0 表示任一空闲端口"});
}

}  // namespace

Result<Options> read_options(const std::vector<std::string>& words, Lang lang) {
    Options options;
    options.lang = lang;
    const auto given = access::split_options("leaven serve", words, {"--host", "--port", "--root", "--name", "--lang"});
    if (!given) return pass(given);
    for (const auto& [name, value] : *given) {
        if (name == "--host") options.host = value;
        if (name == "--name") options.names.push_back(value);
        if (name == "--port") {
            const auto port = read_port(value);
            if (!port) return pass(port);
            options.port = *port;
        }
        if (name == "--root") {
            auto folder = access::root_folder(value);
            if (!folder) return pass(folder);
            options.roots.push_back(*std::move(folder));
        }
    }
    return options;
}

std::string help_text(Lang lang) {
    return std::string(
        Doc{"The workbench in the browser, and every operation over HTTP, until Ctrl-C.\n"
            "OpenAPI 3.1 is at /api/v1/openapi.json.\n\n"
            "Usage\n  leaven serve [options]\n\n"
            "Options\n"
            "  --port NUMBER  8420 where not given; 0 takes any that is free\n"
            "  --host ADDRESS  address to listen at; 127.0.0.1 where not given: this machine alone.\n"
            "                  There is no log-in: who reaches the address may run operations\n"
            "  --root FOLDER  may be read and written; give it again for more; the working folder where\n"
            "                 not given\n"
            "  --name NAME    by which clients may call the server, besides localhost and addresses\n"
            "  --lang en|zh   language where a client asks for none\n",
            "在浏览器中使用工作台，并以 HTTP 提供全部操作，按 Ctrl-C 结束。\n"
            "OpenAPI 3.1 见 /api/v1/openapi.json。\n\n"
            "用法\n  leaven serve [选项]\n\n"
            "选项\n"
            "  --port 端口号   省略时为 8420；0 表示任一空闲端口\n"
            "  --host 地址     监听地址；省略时为 127.0.0.1，即仅限本机。\n"
            "                  不设登录：能访问该地址者即可运行操作\n"
            "  --root 文件夹   允许读写的文件夹，可多次给出；省略时为当前文件夹\n"
            "  --name 名称     除 localhost 与地址外，客户端可使用的服务器名称\n"
            "  --lang en|zh    客户端未指定语言时所用的语言\n"}
            .in(lang));
}

}  // namespace leaven::server
