#include <leaven/core/counted.hpp>
#include <leaven/dna/pcr.hpp>

#include "cloning_commands.hpp"

namespace leaven::dna {
namespace {

struct PcrParams {
    std::vector<std::string> files{};
    std::string primers{};
    std::int64_t mismatches = 0;
    std::int64_t anneal_min = 15;
    std::int64_t max_product = 20'000;
    MoleculeOptions molecules;

    static void describe(auto& p, auto&& v) {
        v(p.files,
          {.name = "files", .doc = {"templates", "模板文件"}, .format = "sequence", .required = true, .input = true});
        v(p.primers, {.name = "primers",
                      .doc = {"FASTA file of primers, 5' to 3'", "引物 FASTA 文件（5' 到 3'）"},
                      .format = "sequence",
                      .required = true});
        v(p.mismatches, {.name = "mismatches",
                         .doc = {"mismatches allowed where a primer anneals, never among its last 3 bases",
                                 "引物退火处允许的错配数，末 3 个碱基不得错配"},
                         .unit = "1",
                         .min = 0,
                         .max = 5});
        v(p.anneal_min, {.name = "anneal_min",
                         .doc = {"bases at the 3' end that must pair", "3' 端必须配对的碱基数"},
                         .unit = "1",
                         .min = 6,
                         .max = 100});
        v(p.max_product,
          {.name = "max_product", .doc = {"longest product", "最长产物"}, .unit = "1", .min = 1, .max = 1'000'000});
        MoleculeOptions::describe(p.molecules, v);
    }
};

struct ProductRow {
    std::string template_name{};
    std::string forward{};
    std::string reverse{};
    std::int64_t start = 0;
    std::int64_t length = 0;
    std::int64_t mismatches = 0;
    std::string sequence{};

    static void describe(auto& p, auto&& v) {
        v(p.template_name, {.name = "template", .doc = {"template", "模板"}});
        v(p.forward, {.name = "forward", .doc = {"forward primer", "正向引物"}});
        v(p.reverse, {.name = "reverse", .doc = {"reverse primer", "反向引物"}});
        v(p.start, {.name = "start", .doc = {"start on the template", "模板上的起点"}, .unit = "1"});
        v(p.length, {.name = "length", .doc = {"length with tails", "长度（含尾部）"}, .unit = "1"});
        v(p.mismatches, {.name = "mismatches", .doc = {"mismatches of both primers", "两引物错配数"}, .unit = "1"});
        v(p.sequence, {.name = "sequence", .doc = {"sequence", "序列"}});
    }
};

struct PcrAnswer {
    std::vector<ProductRow> products{};
    Counts rejected{};

    static void describe(auto& p, auto&& v) {
        v(p.products, {.name = "products", .doc = {"products", "产物"}});
        v(p.rejected, {.name = "rejected", .doc = {"left out, by reason", "未采用的原因与数量"}});
    }
    [[nodiscard]] std::vector<Text> headline() const {
        std::vector<Text> lines{text({"{}", "{:n} 个产物"}, counted(products.size(), "product"))};
        if (products.empty())
            for (const auto& [reason, count] : rejected) lines.push_back(text({"{}: {}", "{}：{}"}, reason, count));
        return lines;
    }
};

Result<std::vector<Primer>> load_primers(const std::string& file) {
    auto records = load_molecules({file}, {});
    if (!records) return pass(records);
    std::vector<Primer> primers;
    for (auto& record : *records) primers.push_back({record.name, std::move(record.sequence.letters)});
    return primers;
}

Result<PcrAnswer> pcr(const PcrParams& parameters, Context& context) {
    const auto templates = load_molecules(parameters.files, parameters.molecules);
    if (!templates) return pass(templates);
    const auto primers = load_primers(parameters.primers);
    if (!primers) return pass(primers);
    const PcrOptions options{parameters.mismatches, parameters.anneal_min, parameters.max_product};
    PcrAnswer answer;
    for (const auto& record : *templates) {
        auto made = amplify(record, *primers, options, context);
        if (!made) return pass(made);
        for (const auto& [reason, count] : made->rejected) answer.rejected[reason] += count;
        for (auto& product : made->products)
            answer.products.push_back(
                {record.name, (*primers)[product.forward.primer].name, (*primers)[product.reverse.primer].name,
                 product.start, static_cast<std::int64_t>(product.letters.size()),
                 product.forward.mismatches + product.reverse.mismatches, std::move(product.letters)});
    }
    return answer;
}

}  // namespace

Operation pcr_operation() {
    return make("dna pcr",
                {"Every product that primers make of templates, over the origin too",
                 "引物在模板上产生的全部产物，包括跨越原点者"},
                pcr);
}

}  // namespace leaven::dna
