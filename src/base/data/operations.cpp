#include <leaven/data/catalogue.hpp>
#include <leaven/data/operations.hpp>

namespace leaven::data {
namespace {

struct NameParams {
    std::string name;

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"data set", "数据集"}, .format = "data", .required = true, .input = true});
    }
};

struct GetParams : NameParams {
    static constexpr bool writes = true;  // into the cache
};

struct ListParams {
    std::string name;

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name",
                   .doc = {"only names that contain this", "仅列出名称含此文本者"},
                   .format = "data",
                   .input = true});
    }
};

struct Entry {
    std::string name;
    std::string version;
    std::string licence;
    std::string citation;
    std::string sha256;
    std::vector<std::string> addresses;
    std::optional<std::string> found_at;

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.version, {.name = "version", .doc = {"version", "版本"}});
        v(p.licence, {.name = "licence", .doc = {"licence", "许可"}});
        v(p.citation, {.name = "citation", .doc = {"citation", "引用"}});
        v(p.sha256, {.name = "sha256", .doc = {"SHA-256", "SHA-256"}});
        v(p.addresses, {.name = "addresses", .doc = {"public address", "公开地址"}});
        v(p.found_at, {.name = "found_at", .doc = {"on this machine at", "本机位置"}, .format = "path"});
    }
};

struct Entries {
    std::vector<Entry> entries;

    static void describe(auto& p, auto&& v) { v(p.entries, {.name = "entries", .doc = {"data sets", "数据集"}}); }

    [[nodiscard]] std::vector<Text> headline() const {
        if (entries.size() == 1 && entries[0].found_at) return {{*entries[0].found_at, *entries[0].found_at}};
        std::size_t here = 0;
        for (const auto& entry : entries) here += entry.found_at ? 1 : 0;
        return {text({"{} on this machine of {} named", "列出 {1} 个，本机已有 {0} 个"}, here, entries.size())};
    }
};

Entry shown(const DataSet& set, const std::optional<std::filesystem::path>& place) {
    Entry entry{.name = std::string(set.name),
                .version = std::string(set.version),
                .licence = std::string(set.licence),
                .citation = std::string(set.citation),
                .sha256 = std::string(set.sha256),
                .addresses = {},
                .found_at = {}};
    if (!set.address.empty()) entry.addresses.emplace_back(set.address);
    if (place) entry.found_at = place->string();
    return entry;
}

Result<Entries> list(const ListParams& parameters, Context&) {
    Entries found;
    for (const auto& set : catalogue())
        if (set.name.find(parameters.name) != std::string_view::npos) found.entries.push_back(shown(set, locate(set)));
    if (!found.entries.empty()) return found;
    return pass(find_entry(parameters.name));
}

Result<Entries> path(const NameParams& parameters, Context&) {
    const auto set = find_entry(parameters.name);
    if (!set) return pass(set);
    const auto place = resolve(set->name);
    if (!place) return pass(place);
    return Entries{{shown(*set, *place)}};
}

Result<Entries> get(const GetParams& parameters, Context&) {
    const auto set = find_entry(parameters.name);
    if (!set) return pass(set);
    if (auto place = locate(*set)) return Entries{{shown(*set, place)}};
    const auto place = download(*set);
    if (!place) return pass(place);
    return Entries{{shown(*set, *place)}};
}

}  // namespace

std::vector<Operation> operations() {
    return {
        make("data list", {"Public data sets, and where they lie on this machine", "公共数据集及其在本机的位置"}, list),
        make("data get", {"Downloads a data set into the cache, unless it is here", "若本机没有，则把数据集下载到缓存"},
             get),
        make("data path", {"Where a data set lies on this machine", "数据集在本机的位置"}, path),
    };
}

}  // namespace leaven::data
