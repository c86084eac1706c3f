// Designs of guides, held against the genome as text: nothing here is searched with the engine under test.
#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/crispr/design.hpp>
#include <leaven/seq/read.hpp>
#include <leaven/seq/sequence.hpp>

#include "coli.hpp"
#include "data_sets.hpp"

namespace leaven::crispr {
namespace {

const std::vector<std::string> three{"thrA", "lacZ", "araC"};

/// Coding bases of GenBank: thrA 337..2799, lacZ complement(363231..366305), araC 70387..71265.
const std::map<std::string, seq::Interval> places{
    {"thrA", {336, 2'799}}, {"lacZ", {363'230, 366'305}}, {"araC", {70'386, 71'265}}};

/// Bases of the gene before a cut.
std::int64_t before(const std::string& gene, std::int64_t cut) {
    const auto at = places.at(gene);
    return gene == "lacZ" ? at.end - cut : cut - at.start;
}

TEST(Design, knockouts_cut_between_5_and_65_percent_and_nowhere_else) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto& coli = coli_of(path);
    for (const auto& target : coli.design(three, {.nuclease = cas9(), .per_target = 6})) {
        ASSERT_EQ(target.guides.size(), 6U);
        EXPECT_TRUE(target.unserved.empty());
        const auto at = places.at(target.target.name);
        for (const auto& guide : target.guides) {
            coli.check_place(guide);
            EXPECT_EQ(coli.count(guide.sequence + guide.pam), 1) << guide.sequence;
            const auto share =
                static_cast<double>(before(target.target.name, guide.cut)) / static_cast<double>(at.length());
            EXPECT_NEAR(*guide.fraction, share, 1e-9);
            EXPECT_GE(share, 0.05);
            EXPECT_LE(share, 0.65);
            EXPECT_EQ(guide.by_mismatch.front(), 1);
            EXPECT_FALSE(guide.reasons.empty());
        }
    }
}

TEST(Design, both_ends_of_a_deletion_are_served_in_turn) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto& coli = coli_of(path);
    const auto guides = coli.design({"lacZ"}, {.nuclease = cas9(), .deletion = true}).front().guides;
    ASSERT_EQ(guides.size(), 4U);
    for (std::size_t i = 0; i < guides.size(); ++i) {
        if (i % 2 == 0)
            EXPECT_LE(*guides[i].fraction, 0.2);
        else
            EXPECT_GE(*guides[i].fraction, 0.8);
    }
}

TEST(Design, interference_binds_the_strand_opposite_to_the_gene_nearest_its_start) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto& coli = coli_of(path);
    const std::map<std::string, std::vector<std::string>> operons{
        {"thrA", {"thrB", "thrC"}}, {"lacZ", {"lacY", "lacA"}}, {"araC", {}}};
    for (const auto& target : coli.design(three, {.nuclease = cas9(), .mode = Mode::interference, .per_target = 5})) {
        const auto& name = target.target.name;
        ASSERT_EQ(target.guides.size(), 5U);
        std::int64_t last = 0;
        for (const auto& guide : target.guides) {
            coli.check_place(guide);
            EXPECT_EQ(guide.reverse, name != "lacZ") << guide.sequence;
            const auto offset = before(name, guide.cut);
            EXPECT_EQ(*guide.offset, offset);
            EXPECT_GE(offset, -60);
            EXPECT_GE(std::abs(offset), last);
            last = std::abs(offset);
            EXPECT_EQ(guide.outcome.polar, operons.at(name));
        }
    }
}

TEST(Design, activation_binds_60_to_100_bases_before_the_start_and_says_which_start) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto& coli = coli_of(path);
    for (const auto& target : coli.design(three, {.nuclease = cas9(), .mode = Mode::activation})) {
        EXPECT_FALSE(target.guides.empty());
        EXPECT_FALSE(target.warnings.empty());
        for (const auto& guide : target.guides) {
            coli.check_place(guide);
            EXPECT_GE(before(target.target.name, guide.cut), -100);
            EXPECT_LE(before(target.target.name, guide.cut), -60);
        }
    }
}

/// The coding sequence of a gene in a genome that reads as `letters`.
std::string coding_of(const std::string& gene, const std::string& letters) {
    const auto at = places.at(gene);
    const auto forward = letters.substr(static_cast<std::size_t>(at.start), static_cast<std::size_t>(at.length()));
    return gene == "lacZ" ? seq::reverse_complement(forward) : forward;
}

TEST(Design, base_editing_to_a_stop_ends_the_protein_where_it_says) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto& coli = coli_of(path);
    const auto code = *seq::genetic_code(11);
    for (const auto& target : coli.design(
             three, {.nuclease = cas9(), .mode = Mode::base_edit, .per_target = 5, .edit = *read_edit("stop")})) {
        ASSERT_EQ(target.guides.size(), 5U);
        const auto own = seq::translate(coding_of(target.target.name, coli.letters()), code);
        for (const auto& guide : target.guides) {
            coli.check_place(guide);
            const auto intended = std::find_if(guide.outcome.products.begin(), guide.outcome.products.end(),
                                               [](const BaseOutcome& one) { return one.intended; });
            ASSERT_NE(intended, guide.outcome.products.end());
            auto letters = coli.letters();
            for (std::size_t at = 0; at < intended->edits.size();) {
                std::size_t end = 0;
                const auto place = std::stol(intended->edits.substr(at + 1), &end);
                EXPECT_GE(place, 4);
                EXPECT_LE(place, 8);
                const auto position =
                    static_cast<std::size_t>(guide.reverse ? guide.at.end - place : guide.at.start + place - 1);
                EXPECT_EQ(letters[position], guide.reverse ? 'G' : 'C');
                letters[position] = guide.reverse ? 'A' : 'T';
                at = std::min(intended->edits.find(' ', at), intended->edits.size() - 1) + 1;
            }
            const auto edited = seq::translate(coding_of(target.target.name, letters), code);
            const auto stop = edited.find('*');
            ASSERT_LT(stop, own.size() - 1);
            EXPECT_EQ(intended->protein, own.substr(stop, 1) + std::to_string(stop + 1) + "*");
        }
    }
}

TEST(Design, an_adenine_editor_makes_no_stop) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto& coli = coli_of(path);
    const auto targets = find_targets({"lacZ"}, coli.file);
    const auto designed = design_guides(
        coli.file, *targets,
        {.nuclease = cas9(), .mode = Mode::base_edit, .edit = *read_edit("stop"), .editor = Editor::abe}, Context());
    EXPECT_EQ(designed.error().where, "edit");
}

/// What the flap makes of the strand that is nicked: the bases before the nick, the template's complement, and what
/// follows the bases that it stands for.
std::string rewritten(const Coli& coli, const DesignedGuide& guide, const std::string& template_bases,
                      std::int64_t longer) {
    auto strand = coli.letters();
    auto nick = static_cast<std::size_t>(guide.cut);
    if (guide.reverse) {
        strand = seq::reverse_complement(strand);
        nick = strand.size() - nick;
    }
    const auto flap = seq::reverse_complement(template_bases);
    strand.replace(nick, flap.size() - static_cast<std::size_t>(longer), flap);
    return guide.reverse ? seq::reverse_complement(strand) : strand;
}

TEST(Design, prime_editing_writes_the_edit_that_was_asked_for) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto& coli = coli_of(path);
    const auto code = *seq::genetic_code(11);
    for (const auto& [gene, edit, residue, becomes] : std::vector<std::tuple<std::string, std::string, int, char>>{
             {"thrA", "Q100K", 100, 'K'}, {"lacZ", "E538Q", 538, 'Q'}, {"araC", "araC:c.16C>T", 6, 'S'}}) {
        const auto own = coding_of(gene, coli.letters());
        const auto text = gene == "araC" ? "c.16" + own.substr(15, 1) + ">" + (own[15] == 'T' ? "C" : "T") : edit;
        const auto target =
            coli.design({gene}, {.nuclease = cas9(), .mode = Mode::prime, .edit = *read_edit(text)}).front();
        ASSERT_FALSE(target.guides.empty()) << gene;
        for (const auto& guide : target.guides) {
            coli.check_place(guide);
            const auto& prime = *guide.outcome.prime;
            EXPECT_EQ(prime.nick, guide.cut);
            EXPECT_GE(prime.template_bases.size(), 10U);
            EXPECT_LE(prime.template_bases.size(), 30U);
            EXPECT_NE(prime.template_bases.front(), 'C');
            EXPECT_GE(prime.pbs.size(), 8U);
            EXPECT_LE(prime.pbs.size(), 15U);
            // The site binds the 3' end of the nicked strand: its complement is the guide's own end before the nick.
            EXPECT_TRUE(guide.sequence.substr(0, 17).ends_with(seq::reverse_complement(prime.pbs)));
            EXPECT_EQ(prime.extension, prime.template_bases + prime.pbs);
            const auto edited = coding_of(gene, rewritten(coli, guide, prime.template_bases, 0));
            const auto proteins = std::pair(seq::translate(own, code), seq::translate(edited, code));
            if (gene != "araC") {
                EXPECT_EQ(proteins.second[static_cast<std::size_t>(residue - 1)], becomes);
                auto back = proteins.second;
                back[static_cast<std::size_t>(residue - 1)] = own.empty() ? ' ' : text.front();
                EXPECT_EQ(back, proteins.first);
            } else {
                EXPECT_EQ(edited[15], text.back());
                auto back = edited;
                back[15] = own[15];
                EXPECT_EQ(back, own);
            }
            if (!prime.variant_extension.empty()) {
                const auto size = prime.variant_extension.size() - prime.pbs.size();
                const auto variant = rewritten(coli, guide, prime.variant_extension.substr(0, size), 0);
                EXPECT_EQ(seq::translate(coding_of(gene, variant), code), proteins.second);
                auto site = variant.substr(static_cast<std::size_t>(guide.at.start), 23);
                if (guide.reverse) site = seq::reverse_complement(site);
                EXPECT_NE(site.substr(21), "GG");
            }
            if (prime.nicking_guide.empty()) continue;
            EXPECT_GE(std::abs(prime.nicking_distance), 40);
            EXPECT_LE(std::abs(prime.nicking_distance), 90);
            EXPECT_EQ(coli.count(prime.nicking_guide + prime.nicking_pam), 1);
        }
    }
}

TEST(Design, prime_editing_inserts_and_deletes) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto& coli = coli_of(path);
    const auto own = coding_of("lacZ", coli.letters());
    for (const auto& [text, longer, expected] : std::vector<std::tuple<std::string, std::int64_t, std::string>>{
             {"c.21_23del", -3, own.substr(0, 20) + own.substr(23)},
             {"c.20_21insGGATCC", 6, own.substr(0, 20) + "GGATCC" + own.substr(20)},
             {"c.20_22delinsA", -2, own.substr(0, 19) + "A" + own.substr(22)}}) {
        const auto target =
            coli.design({"lacZ"}, {.nuclease = cas9(), .mode = Mode::prime, .edit = *read_edit(text)}).front();
        ASSERT_FALSE(target.guides.empty()) << text;
        for (const auto& guide : target.guides) {
            const auto letters = rewritten(coli, guide, guide.outcome.prime->template_bases, longer);
            EXPECT_NE(seq::reverse_complement(letters).find(expected), std::string::npos) << text << guide.sequence;
        }
    }
}

TEST(Design, copies_joined_are_all_hit_and_nothing_else_is) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto& coli = coli_of(path);
    const auto all = coli.design({"rrsA+rrsB+rrsC+rrsD+rrsE+rrsG+rrsH"}, {.nuclease = cas9()}).front();
    ASSERT_EQ(all.guides.size(), 4U);
    for (const auto& guide : all.guides) {
        EXPECT_EQ(coli.count(guide.sequence), 7) << guide.sequence;
        EXPECT_EQ(guide.by_mismatch.front(), 7);
        EXPECT_EQ(guide.off_targets().substr(0, 2), "0-");
        EXPECT_NE(std::find(guide.flags.begin(), guide.flags.end(), "repeat"), guide.flags.end());
    }
    const auto one = coli.design({"rrsA"}, {.nuclease = cas9()}).front();
    for (const auto& guide : one.guides) EXPECT_EQ(coli.count(guide.sequence + guide.pam), 1) << guide.sequence;
    ASSERT_FALSE(one.warnings.empty());
    EXPECT_NE(one.warnings.front().en.find("rrsA+rrsB+rrsC+rrsD+rrsE+rrsG+rrsH"), std::string::npos);
}

TEST(Design, copies_that_follow_one_another_are_told_apart) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto& coli = coli_of(path);
    const auto found =
        coli.design({"valU+valX+valY+valT+valZ"}, {.nuclease = cas9()}).front();  // 45 bases between some
    ASSERT_FALSE(found.guides.empty()) << found.unserved.en;
    for (const auto& guide : found.guides) EXPECT_GE(coli.count(guide.sequence), 5) << guide.sequence;
}

TEST(Design, an_empty_name_and_a_name_given_twice) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto& coli = coli_of(path);
    EXPECT_FALSE(find_targets({"thrA+"}, coli.file));
    EXPECT_FALSE(coli.design({"lacZ+b0344"}, {.nuclease = cas9()}).front().guides.empty());
}

TEST(Design, base_editing_of_a_place_keeps_to_it) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto& coli = coli_of(path);
    const auto name = coli.file.genome.contigs().front().name + ":365000..365040";
    const auto found =
        coli.design({name}, {.nuclease = cas9(), .mode = Mode::base_edit, .per_target = 20, .editor = Editor::cbe});
    for (const auto& guide : found.front().guides) {
        const auto first = guide.reverse ? guide.at.end - 8 : guide.at.start + 3;  // places 4 to 8
        EXPECT_LT(first, 365'040) << guide.sequence;
        EXPECT_GE(first + 5, 365'000) << guide.sequence;
    }
}

TEST(Design, says_why_a_target_has_no_guide) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto& coli = coli_of(path);
    const auto why = [&](const std::string& name, const DesignOptions& options) {
        const auto target = coli.design({name}, options).front();
        EXPECT_TRUE(target.guides.empty()) << name;
        return target.unserved.en;
    };
    const DesignOptions usual{.nuclease = cas9()};
    EXPECT_TRUE(why("insL1", usual).starts_with("all repeats"));
    EXPECT_EQ(why("NC_000913.3:1..10", usual), "no PAM in the window");
    DesignOptions strict = usual;
    strict.min_cfd = 100;
    strict.mismatches = 6;
    EXPECT_NE(why("lacZ", strict).find("CFD score is below 100"), std::string::npos);
    DesignOptions repress = usual;
    repress.mode = Mode::interference;
    EXPECT_NE(why("NC_000913.3:365000..365400", repress).find("needs a gene"), std::string::npos);
}

TEST(Design, warns_of_essential_genes_and_flags_what_the_enzyme_of_the_vector_cuts) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto& coli = coli_of(path);
    DesignOptions options{.nuclease = cas9(), .per_target = 1'000, .essential = {"lacZ"}};
    options.scheme = *find_scheme("pcas9");
    options.scheme->enzyme_site = "CCGG";  // a site that many guides hold
    const auto target = coli.design({"lacZ"}, options).front();
    ASSERT_FALSE(target.warnings.empty());
    EXPECT_NE(target.warnings.front().en.find("essential"), std::string::npos);
    int cut = 0;
    for (const auto& guide : target.guides) {
        const auto insert = "AAAC" + guide.sequence + "G";
        const bool holds = insert.find("CCGG") != std::string::npos;
        const bool flagged = std::find(guide.flags.begin(), guide.flags.end(), "cloning_site") != guide.flags.end();
        EXPECT_EQ(holds, flagged) << guide.sequence;
        cut += holds ? 1 : 0;
    }
    EXPECT_GT(target.guides.size(), 100U);
    EXPECT_GT(cut, 10);
}

/// Zhang et al. 2017, doi:10.1038/celldisc.2017.18: of lacZ only guides on the template strand repressed.
TEST(Design, interference_by_cas12a_binds_the_template_strand_and_says_so) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto& coli = coli_of(path);
    for (const auto& target :
         coli.design({"thrA", "lacZ"}, {.nuclease = nucleases()[8], .mode = Mode::interference, .per_target = 8})) {
        ASSERT_EQ(target.guides.size(), 8U);
        EXPECT_NE(target.warnings.front().en.find("template strand"), std::string::npos);
        int inside = 0;
        for (const auto& guide : target.guides) {
            if (*guide.offset < 0) continue;
            ++inside;
            EXPECT_EQ(guide.reverse, target.target.name == "lacZ") << guide.sequence;
        }
        EXPECT_GT(inside, 0);
    }
}

TEST(Design, does_not_depend_on_the_threads) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto& coli = coli_of(path);
    const auto targets = find_targets({"lacZ", "rrsA", "thrA"}, coli.file);
    Context one;
    Context four;
    four.threads = 4;
    const DesignOptions options{.nuclease = cas9(), .per_target = 20};
    const auto a = design_guides(coli.file, *targets, options, one);
    const auto b = design_guides(coli.file, *targets, options, four);
    for (std::size_t i = 0; i < a->size(); ++i) {
        ASSERT_EQ((*a)[i].guides.size(), (*b)[i].guides.size());
        for (std::size_t k = 0; k < (*a)[i].guides.size(); ++k) {
            EXPECT_EQ((*a)[i].guides[k].sequence, (*b)[i].guides[k].sequence);
            EXPECT_EQ((*a)[i].guides[k].reasons, (*b)[i].guides[k].reasons);
        }
    }
    Context stopped;
    stopped.stop();
    EXPECT_EQ(design_guides(coli.file, *targets, options, stopped).error().code, ErrorCode::cancelled);
}

TEST(Design, what_a_mode_cannot_do_is_refused) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto& coli = coli_of(path);
    const auto targets = find_targets({"thrA"}, coli.file);
    const auto where = [&](const DesignOptions& options) {
        const auto designed = design_guides(coli.file, *targets, options, Context());
        return designed ? std::string("none") : designed.error().where;
    };
    const auto& cas12a = nucleases()[8];
    EXPECT_EQ(where({.nuclease = cas9(), .edit = *read_edit("stop")}), "edit");
    EXPECT_EQ(where({.nuclease = cas9(), .mode = Mode::prime}), "edit");
    EXPECT_EQ(where({.nuclease = cas9(), .mode = Mode::prime, .edit = *read_edit("T100I")}), "edit");  // Q is there
    EXPECT_EQ(where({.nuclease = cas12a, .mode = Mode::prime, .edit = *read_edit("Q100K")}), "nuclease");
    EXPECT_EQ(where({.nuclease = cas9(), .window = Window{0.7, 0.2}}), "window");
    EXPECT_EQ(where({.nuclease = cas9(), .mode = Mode::base_edit, .window = Window{0, 8}}), "window");
    EXPECT_EQ(where({.nuclease = cas9(), .mode = Mode::base_edit, .edit = *read_edit("c.12_14del")}), "edit");
    EXPECT_EQ(where({.nuclease = cas9(), .mode = Mode::interference, .deletion = true}), "deletion");
    EXPECT_EQ(where({.nuclease = cas12a, .min_cfd = 50}), "min_cfd");
    EXPECT_EQ(find_targets({"lacW"}, coli.file).error().where, "targets");
    EXPECT_NE(find_targets({"lacW"}, coli.file).error().hint.en.find("lac"), std::string::npos);
}

}  // namespace
}  // namespace leaven::crispr
