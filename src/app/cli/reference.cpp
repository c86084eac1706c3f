// Writes what is generated from the declarations: the reference pages in both languages and the schema of the dossier.
//
//     leaven_reference DOCS_FOLDER CASES_FOLDER
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include <leaven/core/file.hpp>
#include <leaven/op/json.hpp>
#include <leaven/op/reference.hpp>
#include <leaven/op/schema.hpp>
#include <leaven/pipeline/dossier.hpp>
#include <leaven/pipeline/registry.hpp>

namespace {

using namespace leaven;
namespace fs = std::filesystem;

/// The first golden case of the operation: from its "$" line to the next blank line, but for the rest of a long output.
std::string first_case(const fs::path& cases, const Operation& operation) {
    std::ifstream in(cases / (operation.module.empty() ? operation.verb : operation.module) /
                     (operation.verb + ".case"));
    std::string text;
    bool inside = false;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("$ ")) {
            if (inside) break;
            inside = true;
        }
        if (inside && (line.empty() || line.starts_with("#"))) break;
        if (inside) text += (text.empty() ? "" : "\n") + line;
    }
    return text;
}

bool write(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    const auto status = write_file(path, text);
    if (!status) std::cerr << status.error().where << ": " << status.error().message.en << "\n";
    return status.has_value();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    const fs::path docs = argv[1];
    const auto registry = pipeline::registry();
    bool good = true;
    for (const auto lang : {Lang::en, Lang::zh}) {
        const auto folder = docs / "reference" / (lang == Lang::zh ? "zh" : "en");
        good &= write(folder / "README.md", reference_index(registry, lang));
        for (const auto& operation : registry) {
            const auto name =
                (operation.module.empty() ? operation.verb : operation.module + "-" + operation.verb) + ".md";
            good &= write(folder / name, reference_page(operation, first_case(argv[2], operation), lang));
        }
    }
    auto schema = schema_of(fields_of<pipeline::Dossier>(), SchemaOf::file);
    Json dossier{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                 {"$id", "urn:leaven:dossier"},
                 {"title", "Leaven dossier"}};
    dossier.update(schema);
    good &= write(docs / "dossier.schema.json", dossier.dump(1) + "\n");
    return good ? 0 : 1;
}
