// Guides for a purpose: which to take for a gene or a place, in which order, and why not the others.
//
//     auto file = read_genome("MG1655.gbff.gz", {}, context);
//     auto targets = find_targets({"lacZ"}, *file);
//     auto design = design_guides(*file, *targets, {.nuclease = nucleases()[0]}, context);
//
// Order  by tier (what a purpose wants first), then by penalty: off-targets, position, structure, GC. On-target scores
//        are shown and do not count: they were measured in mammalian cells.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/crispr/coding.hpp>
#include <leaven/crispr/genes.hpp>
#include <leaven/crispr/nuclease.hpp>
#include <leaven/crispr/oligos.hpp>

namespace leaven::crispr {

enum class Mode : std::uint8_t { knockout, interference, activation, base_edit, prime };
enum class Editor : std::uint8_t { cbe, abe };  // C to T, A to G
enum class Host : std::uint8_t { bacteria, yeast };
enum class OnTarget : std::uint8_t { rule_set_1, learned };

/// What one guide is to hit: a gene or a place, or several copies, all of which it is to hit.
struct TargetPlace {
    const Gene* gene = nullptr;  // nullptr: a place of no gene
    Region region{};
    seq::Strand strand = seq::Strand::forward;
};
struct Target {
    std::string name{};
    std::vector<TargetPlace> places{};
};

/// Gene names, locus tags and places ("contig:100..900"); several joined by "+" are the copies of one target. A name
/// that stands for genes in several places means all of them.
///
/// Errors  not_found  no such gene, with the nearest names; bad_input  a place beyond its contig
Result<std::vector<Target>> find_targets(const std::vector<std::string>& names, const GenomeFile& file);

struct Window {
    double from = 0;
    double to = 0;
};

struct DesignOptions {
    Nuclease nuclease{};
    Mode mode = Mode::knockout;
    std::int64_t per_target = 4;
    std::int64_t mismatches = 3;  // of the search for off-targets, 0 … 6
    double min_cfd = 0;           // of a guide, 0 … 100; only where the nuclease is scored
    /// knockout: share of the coding sequence; interference, activation: bases from the start; base_edit: places in the
    /// guide. None: what the mode is known to want.
    std::optional<Window> window{};
    CodingEdit edit{};  // base_edit, prime
    Editor editor = Editor::cbe;
    Host host = Host::bacteria;
    bool deletion = false;                  // knockout: half of the guides at either end of the target
    std::vector<std::string> essential{};   // names and locus tags
    std::optional<CloningScheme> scheme{};  // whose enzyme must not cut the guide
    OnTarget on_target = OnTarget::rule_set_1;
};

/// One result of base editing.
struct BaseOutcome {
    std::string edits{};    // "C5T C7T": places in the guide
    std::string protein{};  // "Q12*", "=": nothing changes; empty outside coding sequences
    bool intended = false;

    static void describe(auto& p, auto&& v) {
        v(p.edits, {.name = "edits", .doc = {"edited bases", "被编辑的碱基"}});
        v(p.protein, {.name = "protein", .doc = {"change of the protein", "蛋白质变化"}});
        v(p.intended, {.name = "intended", .doc = {"intended", "预期结果"}});
    }
};

/// What prime editing needs besides the spacer.
struct PrimeEdit {
    std::int64_t nick = 0;  // the forward base after the nick
    std::string pbs{};      // primer binding site, 5' to 3' of the RNA in DNA letters
    double pbs_tm_c = 0;
    std::string template_bases{};  // 5' to 3' of the RNA
    std::string extension{};       // template and primer binding site, the 3' end of the guide RNA
    bool destroys_pam = false;     // the edit itself does
    std::string variant_change{};  // a further change that destroys the PAM and no residue; empty: there is none
    std::string variant_extension{};
    std::string nicking_guide{};  // on the other strand; empty: none 40 to 90 bases away
    std::string nicking_pam{};
    std::int64_t nicking_distance = 0;  // from nick to nick, above 0 towards the edit's 3' side of the guide

    static void describe(auto& p, auto&& v) {
        v(p.nick, {.name = "nick", .doc = {"nick", "切口"}, .unit = "1"});
        v(p.pbs, {.name = "pbs", .doc = {"primer binding site", "引物结合位点"}});
        v(p.pbs_tm_c, {.name = "pbs_tm", .doc = {"its melting temperature", "其解链温度"}, .unit = "Cel"});
        v(p.template_bases, {.name = "template", .doc = {"template", "逆转录模板"}});
        v(p.extension, {.name = "extension", .doc = {"3' extension", "3' 延伸序列"}});
        v(p.destroys_pam, {.name = "destroys_pam", .doc = {"the edit destroys the PAM", "编辑破坏 PAM"}});
        v(p.variant_change, {.name = "variant_change", .doc = {"silent change of the PAM", "PAM 的沉默变化"}});
        v(p.variant_extension, {.name = "variant_extension", .doc = {"extension with it", "含该变化的延伸序列"}});
        v(p.nicking_guide, {.name = "nicking_guide", .doc = {"nicking guide", "切口向导"}});
        v(p.nicking_pam, {.name = "nicking_pam", .doc = {"its PAM", "其 PAM"}});
        v(p.nicking_distance,
          {.name = "nicking_distance", .doc = {"distance of the nicks", "两切口间距"}, .unit = "1"});
    }
};

/// What a guide does to its target.
struct Outcome {
    Text what{};
    std::optional<std::string> protein_before{};  // around what changes
    std::optional<std::string> protein_after{};
    std::vector<std::string> bystanders{};  // places in the guide that are edited besides
    std::vector<BaseOutcome> products{};
    std::vector<std::string> polar{};  // downstream genes of the operon
    std::optional<PrimeEdit> prime{};

    static void describe(auto& p, auto&& v) {
        v(p.what, {.name = "what", .doc = {"what happens", "结果"}});
        v(p.protein_before, {.name = "protein_before", .doc = {"protein before", "编辑前蛋白质"}});
        v(p.protein_after, {.name = "protein_after", .doc = {"protein after", "编辑后蛋白质"}});
        v(p.bystanders, {.name = "bystanders", .doc = {"bystanders", "旁观编辑"}});
        v(p.products, {.name = "products", .doc = {"outcomes", "编辑产物"}});
        v(p.polar, {.name = "polar", .doc = {"polar effects", "极性效应"}});
        v(p.prime, {.name = "prime", .doc = {"prime editing", "引导编辑"}});
    }
};

struct DesignedGuide {
    std::string sequence{};
    std::string pam{};
    std::size_t contig = 0;
    seq::Interval at{};  // protospacer and PAM
    bool reverse = false;
    std::int64_t cut = 0;                  // the forward base after the cut
    std::optional<double> fraction{};      // of the gene before the cut; below 0 upstream
    std::optional<std::int64_t> offset{};  // bases of it before the cut
    std::optional<double> on_target{};
    std::optional<double> mit{};
    std::optional<double> cfd{};
    std::vector<std::int64_t> by_mismatch{};  // sites, the target's own among them
    std::int64_t own = 1;                     // of them exact and wanted
    std::optional<double> self_fold_kcal{};   // none: the scaffold of the nuclease is not known
    std::vector<std::string> flags{};
    std::vector<Text> reasons{};
    Outcome outcome{};

    /// "0-0-1-3": sites besides those wanted, by mismatches.
    [[nodiscard]] std::string off_targets() const;
};

struct Rejection {
    enum class Kind : std::uint8_t { outside, repeat, unfit, outranked };  // outside: of the window of the mode
    Kind kind = Kind::unfit;
    Text reason{};
    std::int64_t guides = 0;
    std::vector<std::string> examples{};  // at most three
};

struct TargetGuides {
    Target target{};
    std::vector<DesignedGuide> guides{};  // best first
    std::vector<Rejection> rejected{};
    std::vector<Text> warnings{};
    Text unserved{};  // why there is no guide; empty where there is one
};

/// Guides of each target, in the order given.
///
/// Laws    knockout cuts lie between 5 % and 65 % of the coding sequence; guides of interference that lie inside it are
///         on the strand opposite to the gene's, those of a nuclease with its PAM first (Cas12a) on its own; no guide
///         has an exact site besides its target's places.
/// Errors  bad_input  a window, edit or nuclease that the mode cannot do; cancelled
Result<std::vector<TargetGuides>> design_guides(const GenomeFile& file, const std::vector<Target>& targets,
                                                const DesignOptions& options, const Context& context);

/// A genome out of records that are in memory, with their genes. Errors  as read_genome
Result<GenomeFile> genome_of(std::span<const seq::Record> records);

}  // namespace leaven::crispr
