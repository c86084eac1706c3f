#include <algorithm>
#include <array>

#include <leaven/seq/sbol.hpp>
#include <leaven/seq/write.hpp>

#include "fasta.hpp"
#include "gff3.hpp"
#include "location_shape.hpp"
#include "two_bit.hpp"

namespace leaven::seq {
namespace {

class Losses {
public:
    void add(Doc what, std::int64_t count, const std::string& example) {
        if (count == 0) return;
        for (auto& loss : list)
            if (loss.what.en == what.en) {
                loss.count += count;
                return;
            }
        list.push_back({text(what), count, example});
    }
    std::vector<Loss> list{};
};

bool is_whole_region(const Feature& feature, const Record& record) {
    const auto plain = [](const Qualifier& qualifier) {
        return qualifier.name == "ID" || qualifier.name == "Is_circular" || qualifier.name.starts_with("gff_");
    };
    return feature.type == "region" && feature.location.span == Interval{0, record.length} &&
           feature.find("Is_circular") != nullptr &&
           std::all_of(feature.qualifiers.begin(), feature.qualifiers.end(), plain);
}

/// GFF3 names become those of GenBank.
void from_gff(Record& record) {
    std::erase_if(record.features, [&](const Feature& feature) { return is_whole_region(feature, record); });
    for (auto& feature : record.features) {
        const auto* key = feature.find("gbkey");
        const auto named = key == nullptr ? std::string() : key->value;
        const auto* type = type_of_genbank(named == "Src" ? "source" : named);
        if (type != nullptr && type->ontology == feature.type) {
            feature.type = type->genbank;
            std::erase_if(feature.qualifiers, [](const Qualifier& qualifier) { return qualifier.name == "gbkey"; });
        } else if (const auto* known = type_of_ontology(feature.type)) {
            feature.type = known->genbank;
        }
        for (auto& qualifier : feature.qualifiers) {
            if (qualifier.name == "Dbxref") qualifier.name = "db_xref";
            if (qualifier.name == "Note") qualifier.name = "note";
            const bool digits =
                !qualifier.value.empty() && qualifier.value.find_first_not_of("0123456789") == std::string::npos;
            if (digits && (qualifier.name == "codon_start" || qualifier.name == "transl_table"))
                qualifier.form = Qualifier::Form::bare;
            if (qualifier.name == "pseudo" && qualifier.value == "true")
                qualifier = {"pseudo", {}, Qualifier::Form::flag};
        }
    }
}

/// GenBank names become those of GFF3, the key kept where it is not told by the name.
void to_gff(Record& record) {
    for (auto& feature : record.features) {
        const auto* type = type_of_genbank(feature.type);
        if (type != nullptr && type->ontology != feature.type) {
            const bool whole = feature.type == "source" && feature.location.span == Interval{0, record.length};
            if (whole && record.circular()) feature.qualifiers.push_back({"Is_circular", "true"});
            if (feature.find("gbkey") == nullptr)
                feature.qualifiers.push_back({"gbkey", feature.type == "source" ? "Src" : feature.type});
            feature.type = type->ontology;
        }
        for (auto& qualifier : feature.qualifiers) {
            if (qualifier.name == "db_xref") qualifier.name = "Dbxref";
            if (qualifier.name == "note") qualifier.name = "Note";
            if (qualifier.form == Qualifier::Form::flag) qualifier.value = "true";
        }
    }
}

void plain_losses(const Record& record, Losses& losses) {
    if (!record.features.empty())
        losses.add({"features", "特征"}, static_cast<std::int64_t>(record.features.size()),
                   record.features.front().label());
    if (!record.header.empty())
        losses.add({"header fields", "文件头字段"}, static_cast<std::int64_t>(record.header.size()),
                   record.header.front().key);
    if (!record.has_sequence())
        losses.add({"length of a molecule without sequence", "无序列分子的长度"}, 1, record.name);
}

void common_losses(const Record& record, Format to, Losses& losses) {
    if (!record.quality.empty())
        losses.add({"base qualities", "碱基质量值"}, static_cast<std::int64_t>(record.quality.size()), record.name);
    if (to != Format::genbank && to != Format::sbol3 && (!record.division.empty() || !record.date.empty()))
        losses.add({"division and date", "分类与日期"}, 1, record.division + " " + record.date);
}

Result<std::string> as_two_bit(const Document& document, Losses& losses) {
    for (const auto& record : document.records) {
        if (record.sequence.alphabet == Alphabet::protein)
            return bad_input({"{} is a protein; 2bit holds DNA", "{} 是蛋白质；2bit 只能保存 DNA"}, record.name)
                .at("to")
                .advise({"write FASTA", "请写成 FASTA"});
        plain_losses(record, losses);
        if (!record.description.empty()) losses.add({"description", "描述"}, 1, record.description);
        if (record.circular()) losses.add({"circular topology", "环状拓扑"}, 1, record.name);
        const auto& letters = record.sequence.letters;
        const auto odd = std::count_if(letters.begin(), letters.end(), [](char c) {
            return std::string_view("ACGTN").find(c) == std::string_view::npos && c != 'U';
        });
        losses.add({"ambiguous letters, written as N", "不确定碱基（写作 N）"}, odd, record.name);
        losses.add({"U, written as T", "U（写作 T）"}, std::count(letters.begin(), letters.end(), 'U'), record.name);
    }
    return write_two_bit(document.records);
}

std::string as_fasta(const Document& document, Losses& losses) {
    std::string out;
    for (const auto& record : document.records) {
        plain_losses(record, losses);
        write_fasta(out, record);
        if (!out.empty() && !record.layout.ends_with_newline && &record == &document.records.back() &&
            document.format == Format::fasta) {
            while (!out.empty() && (out.back() == '\n' || out.back() == '\r')) out.pop_back();
        }
    }
    return out;
}

std::string as_gff3(const Document& document, Losses& losses) {
    auto records = document.records;
    for (auto& record : records) {
        if (document.format == Format::gff3) continue;
        if (!record.header.empty())
            losses.add({"header fields", "文件头字段"}, static_cast<std::int64_t>(record.header.size()),
                       record.header.front().key);
        to_gff(record);
    }
    return write_gff3(records);
}

std::string as_genbank(const Document& document, Losses& losses) {
    std::string out;
    for (const auto& record : document.records) {
        if (document.format != Format::gff3) {
            write_genbank(out, record);
            continue;
        }
        auto renamed = record;
        from_gff(renamed);
        write_genbank(out, renamed);
    }
    if (document.format == Format::sbol3 || document.format == Format::sbol2) {
        const auto& triples = document.graph.triples;
        const auto beyond = [](const Triple& triple) {
            return !triple.predicate.starts_with("http://sbols.org/v3#") && !triple.predicate.ends_with("#type") &&
                   !triple.predicate.starts_with("http://www.ncbi.nlm.nih.gov/genbank#");
        };
        const auto first = std::find_if(triples.begin(), triples.end(), beyond);
        if (first != triples.end())
            losses.add({"triples of other vocabularies", "其他词汇的三元组"},
                       std::count_if(triples.begin(), triples.end(), beyond), first->predicate);
        const auto constraint = [](const Triple& triple) {
            return triple.predicate.ends_with("v3#hasConstraint") || triple.predicate.ends_with("v3#hasInteraction");
        };
        const auto one = std::find_if(triples.begin(), triples.end(), constraint);
        if (one != triples.end())
            losses.add({"constraints and interactions", "约束与相互作用"},
                       std::count_if(triples.begin(), triples.end(), constraint), one->object.text);
    }
    return out;
}

std::string as_sbol3(const Document& document, std::string_view ending, Losses& losses) {
    const bool was_sbol = document.format == Format::sbol3 || document.format == Format::sbol2;
    auto records = was_sbol ? std::vector<Record>() : document.records;
    for (auto& record : records) {
        if (document.format == Format::gff3) from_gff(record);
        if (!record.header.empty())
            losses.add({"header fields", "文件头字段"}, static_cast<std::int64_t>(record.header.size()),
                       record.header.front().key);
        std::int64_t ordered = 0;
        for (const auto& feature : record.features) ordered += feature.qualifiers.size() > 1 ? 1 : 0;
        losses.add({"order of qualifiers", "限定词的顺序"}, ordered, record.name);
    }
    const auto graph = was_sbol ? document.graph : graph_of(records);
    if (ending == ".rdf" || ending == ".xml") return write_rdf_xml(graph);
    if (ending == ".jsonld" || ending == ".json") return write_json_ld(graph);
    return write_ntriples(graph);
}

}  // namespace

std::string fasta_text(std::string_view title, std::string_view letters) {
    constexpr std::size_t line = 60;
    std::string out = ">";
    out.append(title).push_back('\n');
    for (std::size_t at = 0; at < letters.size(); at += line) out.append(letters.substr(at, line)).push_back('\n');
    return out;
}

std::optional<Format> format_of_ending(std::string_view ending) {
    constexpr std::array<std::pair<std::string_view, Format>, 19> endings{{{".gb", Format::genbank},
                                                                           {".gbk", Format::genbank},
                                                                           {".gbff", Format::genbank},
                                                                           {".genbank", Format::genbank},
                                                                           {".ape", Format::genbank},
                                                                           {".fa", Format::fasta},
                                                                           {".fasta", Format::fasta},
                                                                           {".fna", Format::fasta},
                                                                           {".ffn", Format::fasta},
                                                                           {".faa", Format::fasta},
                                                                           {".gff", Format::gff3},
                                                                           {".gff3", Format::gff3},
                                                                           {".2bit", Format::two_bit},
                                                                           {".nt", Format::sbol3},
                                                                           {".ttl", Format::sbol3},
                                                                           {".rdf", Format::sbol3},
                                                                           {".xml", Format::sbol3},
                                                                           {".jsonld", Format::sbol3},
                                                                           {".sbol", Format::sbol3}}};
    for (const auto& [known, format] : endings)
        if (known == ending) return format;
    return std::nullopt;
}

Result<Written> write_document(const Document& document, Format to, std::string_view ending) {
    Losses losses;
    for (const auto& record : document.records) common_losses(record, to, losses);
    Written out;
    switch (to) {
        case Format::fasta:
            out.bytes = as_fasta(document, losses);
            break;
        case Format::genbank:
            out.bytes = as_genbank(document, losses);
            break;
        case Format::gff3:
            out.bytes = as_gff3(document, losses);
            break;
        case Format::sbol3:
            out.bytes = as_sbol3(document, ending, losses);
            break;
        case Format::two_bit: {
            auto bytes = as_two_bit(document, losses);
            if (!bytes) return pass(bytes);
            out.bytes = *std::move(bytes);
            break;
        }
        default:
            return bad_input({"{} is read but not written", "可读取但不能写出 {}"}, name_of(to))
                .at("to")
                .advise({"write genbank, fasta, gff3, sbol3 or 2bit", "请写成 genbank、fasta、gff3、sbol3 或 2bit"});
    }
    out.losses = std::move(losses.list);
    return out;
}

}  // namespace leaven::seq
