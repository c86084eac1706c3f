#include <algorithm>
#include <map>
#include <memory>

#include <leaven/core/counted.hpp>
#include <leaven/dna/assembly.hpp>
#include <leaven/seq/write.hpp>

#include "assembly_picture.hpp"
#include "cloning_commands.hpp"

namespace leaven::dna {
namespace {

struct AssembleParams {
    std::vector<std::string> files{};
    std::string method = "gibson";
    std::vector<std::string> enzymes{};
    std::int64_t min_overlap = 20;
    std::optional<std::int64_t> max_tip{};
    std::string product = "circular";
    std::int64_t max_parts = 12;
    std::string matrix{};
    std::string intended{};
    MethylationOptions methylated;
    MoleculeOptions molecules;

    static void describe(auto& p, auto&& v) {
        v(p.files, {.name = "files",
                    .doc = {"molecules in the reaction", "反应中的分子"},
                    .format = "sequence",
                    .required = true,
                    .input = true});
        v(p.method, {.name = "method",
                     .doc = {"how the pieces are joined", "连接方法"},
                     .choices = "gibson|hifi|golden_gate|restriction|basic|yeast|lcr",
                     .required = true});
        v(p.enzymes, {.name = "enzymes",
                      .doc = {"enzymes that cut; of methods by homology, before the reaction",
                              "限制酶；同源方法在反应前切开分子"}});
        v(p.min_overlap, {.name = "min_overlap",
                          .doc = {"least homology; of a bridging oligo (lcr) half of it on each side",
                                  "最短同源长度；桥接寡核苷酸（lcr）每侧取其一半"},
                          .unit = "1",
                          .min = 8,
                          .max = 10'000});
        v(p.max_tip, {.name = "max_tip",
                      .doc = {"bases beyond the homology that are removed from an end; by default 0, for yeast 12",
                              "末端可去除的非同源碱基数；默认 0，yeast 为 12"},
                      .unit = "1",
                      .min = 0,
                      .max = 200});
        v(p.product, {.name = "product", .doc = {"products wanted", "所需产物"}, .choices = "circular|linear|any"});
        v(p.max_parts, {.name = "max_parts",
                        .doc = {"parts of a product at most", "每个产物的最多部件数"},
                        .unit = "1",
                        .min = 1,
                        .max = 100});
        v(p.matrix, {.name = "matrix",
                     .doc = {"table of ligation counts for the fidelity; by default that measured with the enzyme",
                             "用于计算保真度的连接计数表；默认采用该酶的实测表"},
                     .format = "data"});
        v(p.intended,
          {.name = "intended", .doc = {"the product that is wanted", "预期产物文件"}, .format = "sequence"});
        MethylationOptions::describe(p.methylated, v);
        MoleculeOptions::describe(p.molecules, v);
    }
};

struct PartRow {
    std::string name{};
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::string strand = "+";

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"part", "部件"}});
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.end, {.name = "end", .doc = {"end", "终点"}, .unit = "1"});
        v(p.strand, {.name = "strand", .doc = {"strand", "链"}, .choices = "+|-"});
    }
};

struct JunctionRow {
    std::string left{};
    std::string right{};
    std::string bases{};
    std::int64_t length = 0;
    std::optional<double> fidelity{};

    static void describe(auto& p, auto&& v) {
        v(p.left, {.name = "left", .doc = {"part before", "前一部件"}});
        v(p.right, {.name = "right", .doc = {"part after", "后一部件"}});
        v(p.bases, {.name = "bases", .doc = {"bases of the joint", "接合处序列"}});
        v(p.length, {.name = "length", .doc = {"length", "长度"}, .unit = "1"});
        v(p.fidelity, {.name = "fidelity", .doc = {"fidelity", "保真度"}, .unit = "1"});
    }
};

struct FeatureRow {
    std::string type{};
    std::string label{};
    std::string location{};

    static void describe(auto& p, auto&& v) {
        v(p.type, {.name = "type", .doc = {"type", "类型"}});
        v(p.label, {.name = "label", .doc = {"label", "标签"}});
        v(p.location, {.name = "location", .doc = {"location", "位置"}});
    }
};

struct ProductRow {
    std::string name{};
    std::string topology = "circular";
    std::int64_t length = 0;
    bool intended = false;
    std::vector<PartRow> parts{};
    std::vector<JunctionRow> junctions{};
    std::vector<FeatureRow> features{};
    std::string sequence{};
    std::string canonical_sequence{};

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.topology, {.name = "topology", .doc = {"topology", "拓扑"}, .choices = "linear|circular"});
        v(p.length, {.name = "length", .doc = {"length", "长度"}, .unit = "1"});
        v(p.intended, {.name = "intended", .doc = {"intended", "预期产物"}});
        v(p.parts, {.name = "parts", .doc = {"parts", "部件"}});
        v(p.junctions, {.name = "junctions", .doc = {"joints", "接合处"}});
        v(p.features, {.name = "features", .doc = {"features", "特征"}});
        v(p.sequence, {.name = "sequence", .doc = {"sequence", "序列"}});
        v(p.canonical_sequence, {.name = "canonical_sequence", .doc = {"canonical form", "规范形式"}});
    }
};

struct LeftoverRow {
    std::string name{};
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::string reason = "unused";

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"input", "输入"}});
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.end, {.name = "end", .doc = {"end", "终点"}, .unit = "1"});
        v(p.reason, {.name = "reason", .doc = {"reason", "原因"}, .choices = "uncut|unused"});
    }
};

/// What the rows of products are made from when they are looked at.
struct Made {
    std::vector<seq::Record> inputs{};
    Assembly assembly{};
    ProductRecords records;

    Made(std::vector<seq::Record> given, Assembly made)
        : inputs(std::move(given)), assembly(std::move(made)), records(inputs) {}

    /// Parts joined by "+"; the digits after "." tell products of the same parts apart.
    [[nodiscard]] std::string name_of(std::size_t i) const {
        const auto& product = assembly.products[i];
        constexpr std::size_t longest = 6;
        std::string name;
        for (std::size_t k = 0; k < std::min(product.parts.size(), longest); ++k)
            name += (k == 0 ? "" : "+") + inputs[product.parts[k].input].name;
        if (product.parts.size() > longest) name += "+";
        return fmt::format("{}.{}", name, i + 1);
    }

    [[nodiscard]] ProductRow row(std::size_t i) {
        const auto& product = assembly.products[i];
        ProductRow row{.name = name_of(i),
                       .topology = product.topology == seq::Topology::circular ? "circular" : "linear",
                       .length = static_cast<std::int64_t>(product.letters.size()),
                       .intended = product.intended,
                       .sequence = product.letters,
                       .canonical_sequence = product.canonical};
        const auto name = [&](std::size_t k) { return inputs[product.parts[k % product.parts.size()].input].name; };
        for (std::size_t k = 0; k < product.parts.size(); ++k) {
            const auto& part = product.parts[k];
            row.parts.push_back({name(k), part.at.start, part.at.end, seq::name_of(part.strand)});
        }
        for (std::size_t k = 0; k < product.junctions.size(); ++k) {
            const auto& junction = product.junctions[k];
            row.junctions.push_back({name(k), name(k + 1), junction.bases,
                                     static_cast<std::int64_t>(junction.bases.size()), junction.fidelity});
        }
        const auto circle = product.topology == seq::Topology::circular ? row.length : 0;
        for (const auto& feature : records.features_of(product))
            row.features.push_back({feature.type, feature.label(), to_text(feature.location, circle)});
        return row;
    }
};

/// A product with its parts and joints; the joint of the last part with the first stands at the origin.
DrawnMolecule drawn(const ProductRow& row) {
    DrawnMolecule molecule{.name = row.name,
                           .length = row.length,
                           .circular = row.topology == "circular",
                           .wanted = row.intended,
                           .rows = {{}}};
    molecule.about = molecule.circular ? text({"{} bases, a circle", "{} 个碱基，环状"}, row.length)
                                       : text({"{} bases, linear", "{} 个碱基，线形"}, row.length);
    if (row.intended) molecule.about.en += "; intended", molecule.about.zh += "；预期产物";
    std::int64_t at = 0;
    for (std::size_t k = 0; k < row.parts.size(); ++k) {
        const auto& part = row.parts[k];
        const auto size = part.end - part.start;
        molecule.rows[0].parts.push_back(
            {part.name, {at, at + size}, part.strand == "-" ? seq::Strand::reverse : seq::Strand::forward});
        at += size;
        if (k >= row.junctions.size()) continue;
        const auto& joint = row.junctions[k];
        auto words = joint.length <= 8 ? joint.bases : fmt::format("{} bp", joint.length);
        if (joint.fidelity) words += fmt::format(" {:.3f}", *joint.fidelity);
        molecule.joints.push_back({at == row.length ? 0 : at, std::move(words)});
    }
    std::sort(molecule.joints.begin(), molecule.joints.end(),
              [](const DrawnJoint& a, const DrawnJoint& b) { return a.at < b.at; });
    return molecule;
}

struct ProductList {
    using Element = ProductRow;

    class Iterator {
    public:
        Iterator(const ProductList& list, std::size_t at) : list_(&list), at_(at) {}
        ProductRow operator*() const { return (*list_)[at_]; }
        Iterator& operator++() {
            ++at_;
            return *this;
        }
        bool operator!=(const Iterator& other) const { return at_ != other.at_; }

    private:
        const ProductList* list_;
        std::size_t at_;
    };

    std::shared_ptr<Made> made{};

    [[nodiscard]] std::size_t size() const { return made ? made->assembly.products.size() : 0; }
    ProductRow operator[](std::size_t i) const { return made->row(i); }
    [[nodiscard]] Iterator begin() const { return {*this, 0}; }
    [[nodiscard]] Iterator end() const { return {*this, size()}; }
};

struct AssembleResult {
    ProductList products{};
    std::optional<double> fidelity{};
    std::vector<LeftoverRow> leftovers{};
    std::vector<Remark> warnings{};

    static void describe(auto& p, auto&& v) {
        v(p.products, {.name = "products", .doc = {"products", "产物"}});
        v(p.fidelity, {.name = "fidelity", .doc = {"fidelity of the joints together", "整体保真度"}, .unit = "1"});
        v(p.leftovers, {.name = "leftovers", .doc = {"pieces in no product", "未进入产物的片段"}});
        v(p.warnings, {.name = "warnings", .doc = {"warnings", "警告"}});
    }
    [[nodiscard]] std::vector<Text> headline() const {
        std::vector<Text> lines{text({"{}", "{:n} 个产物"}, counted(products.size(), "product"))};
        if (products.size() > 0 && made().products.front().intended)
            lines.push_back(text({"intended: {} bases in {} parts", "预期产物：{} 个碱基，{} 个部件"},
                                 made().products.front().letters.size(), made().products.front().parts.size()));
        return lines;
    }
    static constexpr std::string_view endings = ".gb|.fa|.svg";
    [[nodiscard]] Result<std::string> file(std::string_view ending, Lang lang) const {
        if (ending == ".svg") return picture(lang);
        seq::Document document{.format = seq::Format::genbank};
        for (std::size_t i = 0; i < products.size(); ++i)
            document.records.push_back(
                products.made->records.record_of(made().products[i], fmt::format("product_{}", i + 1)));
        const auto written = seq::write_document(document, ending == ".fa" ? seq::Format::fasta : seq::Format::genbank);
        if (!written) return pass(written);
        return written->bytes;
    }

private:
    [[nodiscard]] std::string picture(Lang lang) const {
        std::vector<DrawnMolecule> molecules;
        std::vector<GelLane> lanes;
        for (const auto& input : products.made->inputs) lanes.push_back({input.name, {input.length}});
        for (std::size_t i = 0; i < products.size(); ++i) {
            if (i < most_molecules) molecules.push_back(drawn(products[i]));
            lanes.push_back(
                {products.made->name_of(i), {static_cast<std::int64_t>(made().products[i].letters.size())}});
        }
        return draw_assemblies(molecules, products.size(), lanes, lang);
    }
    [[nodiscard]] const Assembly& made() const { return products.made->assembly; }
};

Method method_named(const std::string& name) {
    static const std::map<std::string, Method> names{
        {"gibson", Method::gibson}, {"hifi", Method::hifi},   {"golden_gate", Method::golden_gate},
        {"basic", Method::basic},   {"yeast", Method::yeast}, {"restriction", Method::restriction},
        {"lcr", Method::lcr}};
    return names.at(name);
}

/// The table asked for; else the one measured with the enzyme, where there is one on this machine.
Result<std::optional<Ligation>> ligation_for(const AssembleParams& parameters,
                                             const std::vector<seq::Enzyme>& enzymes) {
    if (!parameters.matrix.empty()) {
        auto loaded = Ligation::load(parameters.matrix);
        if (!loaded) return pass(loaded);
        return std::optional(*std::move(loaded));
    }
    const auto measured = enzymes.size() == 1 ? table_measured_with(enzymes.front().name) : std::string_view();
    if (measured.empty()) return std::optional<Ligation>();
    auto loaded = Ligation::load(std::string(measured));
    if (!loaded && loaded.error().code != ErrorCode::not_found) return pass(loaded);
    return loaded ? std::optional(*std::move(loaded)) : std::optional<Ligation>();
}

Result<std::optional<std::string>> intended_form(const AssembleParams& parameters) {
    if (parameters.intended.empty()) return std::optional<std::string>();
    const auto records = load_molecules({parameters.intended}, {});
    if (!records) return pass(records);
    if (records->size() != 1)
        return bad_input({"the file of the intended product holds {} records", "预期产物文件含 {} 条记录"},
                         records->size())
            .at("intended")
            .advise({"give a file with one record", "请提供仅含一条记录的文件"});
    const auto& record = records->front();
    return std::optional(seq::canonical_form(record.sequence, record.topology));
}

Result<AssembleResult> assemble_files(const AssembleParams& parameters, Context& context) {
    auto enzyme_names = parameters.enzymes;
    const auto method = method_named(parameters.method);
    if (method == Method::basic && enzyme_names.empty()) enzyme_names = {"BsaI"};
    auto enzymes = enzymes_named(enzyme_names);
    if (!enzymes) return pass(enzymes);
    const auto ligation = ligation_for(parameters, *enzymes);
    if (!ligation) return pass(ligation);
    auto intended = intended_form(parameters);
    if (!intended) return pass(intended);
    auto inputs = load_molecules(parameters.files, parameters.molecules);
    if (!inputs) return pass(inputs);
    const AssemblyOptions options{
        .method = method,
        .enzymes = *std::move(enzymes),
        .min_overlap = parameters.min_overlap,
        .max_tip = parameters.max_tip.value_or(method == Method::yeast ? 12 : 0),
        .shape = parameters.product == "any"      ? Shape::any
                 : parameters.product == "linear" ? Shape::linear
                                                  : Shape::circular,
        .max_parts = parameters.max_parts,
        .ligation = *ligation ? &**ligation : nullptr,
        .intended = *std::move(intended),
        .methylation = parameters.methylated.kind(),
    };
    auto assembly = assemble(*inputs, options, context);
    if (!assembly) return pass(assembly);
    AssembleResult result{.fidelity = assembly->fidelity};
    for (const auto& leftover : assembly->leftovers)
        result.leftovers.push_back(
            {(*inputs)[leftover.input].name, leftover.at.start, leftover.at.end, leftover.uncut ? "uncut" : "unused"});
    for (const auto& note : assembly->notes) result.warnings.push_back({note.code, note.message});
    result.products.made = std::make_shared<Made>(*std::move(inputs), *std::move(assembly));
    return result;
}

}  // namespace

Operation assemble_operation() {
    return make("dna assemble",
                {"Every molecule that an assembly reaction forms, simulated from the ends of its pieces",
                 "从片段末端模拟组装反应，列出全部产物"},
                assemble_files);
}

}  // namespace leaven::dna
