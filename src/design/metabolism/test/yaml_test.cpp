// The YAML that models are written in, and what else calls itself YAML.

#include <gtest/gtest.h>

#include <leaven/metabolism/read.hpp>

namespace leaven::metabolism {
namespace {

/// A model whose reaction holds `inside`, behind the keys that it must have.
std::string yaml(const std::string& inside) {
    return "!!omap\n- metabolites:\n  - !!omap\n    - id: a\n    - compartment: c\n- reactions:\n  - !!omap\n    - id: "
           "r\n" +
           inside + "- id: m\n";
}

Reaction reaction_of(const std::string& inside) {
    const auto model = read_model(yaml(inside), "m.yml");
    EXPECT_TRUE(model) << model.error().message.en << " at " << model.error().where;
    return model ? model->reactions.at(0) : Reaction();
}

TEST(Yaml, texts_in_every_spelling) {  // YAML 1.2, chapters 7.3 and 8.1.2
    EXPECT_EQ(reaction_of("    - name: plain words # comment\n").name, "plain words");
    EXPECT_EQ(reaction_of("    - name: over\n        two lines\n").name, "over two lines");
    EXPECT_EQ(reaction_of("    - name: a\n\n        paragraph\n").name, "a\nparagraph");
    EXPECT_EQ(reaction_of("    - name: 'it''s'\n").name, "it's");
    EXPECT_EQ(reaction_of("    - name: 'over\n        two\n\n        lines'\n").name, "over two\nlines");
    EXPECT_EQ(reaction_of(R"(    - name: "tab\t \"q\" \u7425\x41 \U0001F600")"
                          "\n")
                  .name,
              "tab\t \"q\" 琥A 😀");
    EXPECT_EQ(reaction_of("    - name: \"cut \\\n        here\"\n").name, "cut here");
    EXPECT_EQ(reaction_of("    - name: |\n        one\n         two\n").name, "one\n two\n");
    EXPECT_EQ(reaction_of("    - name: |-\n        one\n").name, "one");
    EXPECT_EQ(reaction_of("    - name:\n        on the next line\n").name, "on the next line");
    EXPECT_EQ(reaction_of("    - name: http://x#y:z\n").name, "http://x#y:z");
    EXPECT_EQ(reaction_of("    - name: !!str 5\n").name, "5");
}

TEST(Yaml, numbers_objects_and_lists_in_every_spelling) {
    const auto r = reaction_of(
        "    - metabolites: {a: -1.5e+0}\n    - lower_bound: -.inf\n    - upper_bound: 1.0e-05\n"
        "    - annotation:\n        kegg: [R1, 'R2',\n          R3]\n        sbo: SBO:0000176\n"
        "    - notes: !!omap\n      - ? a long\n          key\n        : its value\n");
    ASSERT_EQ(r.terms.size(), 1U);
    EXPECT_EQ(r.terms[0].coefficient, -1.5);
    EXPECT_EQ(r.lower, -std::numeric_limits<double>::infinity());
    EXPECT_EQ(r.upper, 1e-5);
    ASSERT_EQ(r.annotation.size(), 4U);
    EXPECT_EQ(r.annotation[0].qualifier, "sbo");
    EXPECT_EQ(r.annotation[3].resource, "https://identifiers.org/kegg/R3");
    EXPECT_EQ(r.remarks, (std::vector<Remark>{{"a long key", "its value"}}));
}

TEST(Yaml, plain_maps_without_tags_are_read_too) {
    const auto model = read_model(
        "---\r\nid: m\r\nmetabolites:\r\n- id: a\r\n  compartment: c\r\nreactions:\r\n- id: r\r\n  lower_bound: 0\r\n"
        "  upper_bound: 5\r\n  metabolites:\r\n    a: 1\r\n...\r\n",
        "m.yml");
    ASSERT_TRUE(model) << model.error().message.en << model.error().where;
    EXPECT_EQ(model->format, "COBRA YAML");
    EXPECT_EQ(model->reactions[0].upper, 5);
    EXPECT_EQ(equation(*model, model->reactions[0]), "--> a");
}

TEST(Yaml, what_is_not_read_is_an_error_with_its_line) {
    const std::vector<std::string> broken{"    - name: &anchor x\n",
                                          "    - name: *alias\n",
                                          "    - name: !!python/object x\n",
                                          "    - name: >\n        x\n",
                                          "    - name: \"no end\n",
                                          "    - name: 'no end\n",
                                          "    - name: [a, b\n",
                                          "    - name: a: b\n",
                                          "    - name: \"x\" y\n",
                                          "    - name: \"\\q\"\n",
                                          "    - name: @x\n",
                                          "     - name: x\n",
                                          "    - notes: {a: {b: [\n",
                                          "    - name: \"\\uD800\"\n",
                                          "    \t- name: x\n",
                                          "    - just words\n",
                                          "    - ? key without value\n",
                                          "    - name: x\n--- \nid: second\n"};
    for (const auto& inside : broken) {
        const auto model = read_model(yaml(inside), "m.yml");
        ASSERT_FALSE(model) << inside;
        EXPECT_EQ(model.error().code, ErrorCode::bad_input);
        EXPECT_TRUE(model.error().where.starts_with("m.yml, line ")) << inside << model.error().where;
    }
}

TEST(Yaml, depth_is_limited) {
    for (const std::string piece : {"- ", "[", "{a: ", "? "}) {
        std::string text = "metabolites:\n  ";
        for (int i = 0; i < 100000; ++i) text += piece;
        const auto model = read_model(text, "m.yml");
        ASSERT_FALSE(model);
        EXPECT_EQ(model.error().code, ErrorCode::bad_input);
    }
    std::string lines = "reactions:\n";
    for (int i = 1; i < 3000; ++i) lines += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
    EXPECT_FALSE(read_model(lines, "m.yml"));
    std::string tags;
    for (int i = 0; i < 100000; ++i) tags += "!!omap\n";
    EXPECT_FALSE(read_model(tags, "m.yml"));
}

TEST(Yaml, long_texts_cost_time_in_proportion) {  // a quadratic reader would not come back from these
    std::string quoted = "    - name: \"";
    std::string plain = "    - name: x\n";
    for (int i = 0; i < 300000; ++i) quoted += "word\n      ", plain += "        word\n";
    EXPECT_EQ(reaction_of(quoted + "\"\n").name.size(), 1500000U);
    EXPECT_EQ(reaction_of(plain).name.size(), 1500001U);
}

}  // namespace
}  // namespace leaven::metabolism
