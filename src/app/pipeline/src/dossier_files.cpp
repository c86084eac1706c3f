#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fmt/core.h>
#include <unistd.h>

#include <leaven/core/file.hpp>
#include <leaven/op/json.hpp>
#include <leaven/op/show.hpp>
#include <leaven/pipeline/dossier.hpp>
#include <leaven/report/report.hpp>
#include <leaven/seq/write.hpp>

#include "integrate.hpp"

namespace leaven::pipeline {
namespace {

namespace fs = std::filesystem;

template <class Row>
std::string table(const std::vector<Row>& rows, Lang lang, char separator = '\t') {
    auto columns = fields_of<Row>();
    std::erase_if(columns, [](const FieldInfo& info) { return info.kind == Kind::object; });
    return separated_values(columns, localize(to_json(rows), lang), separator);
}

std::string fasta(const std::vector<PlannedGene>& genes) {
    std::string out;
    for (const auto& gene : genes) {
        if (gene.sequence.empty()) continue;
        out += seq::fasta_text(fmt::format("{} {} for the host", gene.gene, gene.status), gene.sequence);
    }
    return out;
}

/// What goes to the bench.
void add_orders(const DossierFiles& files, Lang lang, std::vector<std::pair<std::string, std::string>>& contents) {
    const auto& build = *files.dossier.build;
    if (!build.guides.empty()) contents.emplace_back("guides.tsv", table(build.guides, lang));
    if (!build.oligos.empty()) contents.emplace_back("oligos.csv", table(build.oligos, lang, ','));
    if (auto genes = fasta(build.genes); !genes.empty()) contents.emplace_back("genes.fasta", std::move(genes));
    if (build.assembly && !build.assembly->fragments.empty())
        contents.emplace_back("fragments.csv", table(build.assembly->fragments, lang, ','));
    if (!files.constructs.empty()) contents.emplace_back("constructs.gb", files.constructs);
    if (!files.parts.empty()) contents.emplace_back("parts.gb", files.parts);
    for (std::size_t i = 0; i < files.cassettes.size(); ++i)
        contents.emplace_back(cassette_file(i), files.cassettes[i]);
    if (!files.edited.empty()) contents.emplace_back("edited.gb", files.edited);
}

std::string flux_table(const FluxesPart& fluxes) {
    std::string out = "reaction\tname\twild_type\tbest\n";
    for (std::size_t i = 0; i < fluxes.wild_type.size(); ++i) {
        const auto& row = fluxes.wild_type[i];
        out += fmt::format("{}\t{}\t{}\t{}\n", row.reaction, row.name, number_to_json(row.flux).dump(),
                           fluxes.best.empty() ? std::string() : number_to_json(fluxes.best[i].flux).dump());
    }
    return out;
}

Failure unwritable(const fs::path& folder, const std::string& reason) {
    return bad_input({"the dossier cannot be written: {}", "无法写出方案：{}"}, reason)
        .at(folder.string())
        .advise({"choose a folder in a place that is writable and has room", "请选择可写且有足够空间的位置"});
}

/// The folder without a trailing slash.
fs::path place_of(const fs::path& folder) {
    const auto target = fs::absolute(folder).lexically_normal();
    return target.has_filename() ? target : target.parent_path();
}

/// Removed again unless it was moved into place.
class Workshop {
public:
    explicit Workshop(const fs::path& target)
        : folder(target.parent_path() / fmt::format(".{}.{}.part", target.filename().string(), ::getpid())) {}
    ~Workshop() {
        std::error_code code;
        fs::remove_all(folder, code);
    }
    Workshop(const Workshop&) = delete;
    Workshop& operator=(const Workshop&) = delete;

    const fs::path folder;
};

}  // namespace

Status check_folder(const fs::path& folder, bool force) {
    std::error_code code;
    const auto place = place_of(folder);
    if (fs::exists(place, code) && !force)
        return bad_input({"the folder exists already", "文件夹已存在"})
            .at(folder.string())
            .advise({"choose another, or say --force to replace it", "请另选，或用 --force 替换"});
    if (fs::exists(place, code) && !fs::is_directory(place, code)) return unwritable(folder, "it is a file");
    const auto parent = place.parent_path();
    if (!fs::is_directory(parent, code))
        return unwritable(folder, fmt::format("there is no folder {}", folder.parent_path().string()));
    if (::access(parent.c_str(), W_OK | X_OK) != 0) return unwritable(folder, std::strerror(errno));
    return {};
}

Result<std::vector<std::string>> write_dossier(const DossierFiles& files, const fs::path& folder, bool force,
                                               Lang lang) {
    if (auto status = check_folder(folder, force); !status) return pass(status);
    const auto place = place_of(folder);
    const auto json = to_json(files.dossier);
    std::vector<std::pair<std::string, std::string>> contents{
        {"dossier.json", json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n"},
        {"report.html", report::render_report(json, {.map_svg = files.map_inline}, lang)},
        {"designs.tsv", table(files.dossier.designs.designs, lang)},
        {"targets.tsv", table(files.dossier.targets.rows, lang)},
        {"fluxes.tsv", flux_table(files.dossier.fluxes)},
        {"map.svg", files.map_svg},
    };
    if (!files.strain_xml.empty()) contents.emplace_back("strain-1.xml", files.strain_xml);
    if (!files.host_xml.empty()) contents.emplace_back("host.xml", files.host_xml);
    if (files.dossier.build) add_orders(files, lang, contents);

    const Workshop workshop(place);
    std::error_code code;
    fs::create_directories(workshop.folder, code);
    if (code) return unwritable(folder, code.message());
    std::vector<std::string> names;
    for (const auto& [name, content] : contents) {
        if (auto status = write_file(workshop.folder / name, content); !status)
            return unwritable(folder, status.error().message.en);
        names.push_back(name);
    }
    const auto old = fs::path(workshop.folder.string() + ".old");
    if (fs::exists(place, code)) fs::rename(place, old, code);
    if (!code) fs::rename(workshop.folder, place, code);
    if (code) return unwritable(folder, code.message());
    fs::remove_all(old, code);
    return names;
}

}  // namespace leaven::pipeline
