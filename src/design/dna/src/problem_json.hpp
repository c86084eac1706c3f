// The JSON forms of constraints and objectives, as they are read and documented.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <leaven/op/described.hpp>

namespace leaven::dna::form {

/// What every constraint and objective has.
struct Common {
    std::string id{};
    std::string kind{};
    std::string location{};

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"identifier", "标识符"}, .required = true});
        v(p.kind, {.name = "kind", .doc = {"kind", "种类"}, .required = true});
        v(p.location, {.name = "location", .doc = {"location; empty: all", "位置；留空表示全部"}});
    }
};

struct Molecule {
    std::string id{};
    std::string sequence{};
    std::string protein{};
    std::string topology = "linear";
    std::optional<std::string> left_flank{};
    std::optional<std::string> right_flank{};

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"name of the problem", "问题名称"}});
        v(p.sequence, {.name = "sequence", .doc = {"bases", "碱基序列"}});
        v(p.protein, {.name = "protein", .doc = {"protein, instead of bases", "蛋白质序列（代替碱基序列）"}});
        v(p.topology, {.name = "topology", .doc = {"topology", "拓扑"}, .choices = "linear|circular"});
        v(p.left_flank, {.name = "left_flank", .doc = {"fixed bases before", "左侧固定序列"}});
        v(p.right_flank, {.name = "right_flank", .doc = {"fixed bases after", "右侧固定序列"}});
    }
};

struct Translation : Common {
    std::string protein{};
    std::int64_t table = 11;

    static void describe(auto& p, auto&& v) {
        Common::describe(p, v);
        v(p.protein, {.name = "protein", .doc = {"protein; empty: as it is", "蛋白质；留空表示保持现状"}});
        v(p.table, {.name = "table", .doc = {"genetic code", "遗传密码表"}, .min = 1, .max = 33});
    }
};

struct Avoid : Common {
    std::string pattern{};
    std::string strand = "both";

    static void describe(auto& p, auto&& v) {
        Common::describe(p, v);
        v(p.pattern,
          {.name = "pattern", .doc = {"word, /expression/ or enzyme", "串、/表达式/ 或酶名"}, .required = true});
        v(p.strand, {.name = "strand", .doc = {"strand", "链"}, .choices = "both|+|-"});
    }
};

struct Require : Common {
    std::string pattern{};
    std::int64_t count = 1;

    static void describe(auto& p, auto&& v) {
        Common::describe(p, v);
        v(p.pattern,
          {.name = "pattern", .doc = {"word, /expression/ or enzyme", "串、/表达式/ 或酶名"}, .required = true});
        v(p.count, {.name = "count", .doc = {"least number of places", "最少出现次数"}, .min = 1, .max = 1000});
    }
};

struct Gc : Common {
    double min = 0;
    double max = 1;
    std::int64_t window = 0;

    static void describe(auto& p, auto&& v) {
        Common::describe(p, v);
        v(p.min, {.name = "min", .doc = {"least share", "最低比例"}, .unit = "1", .min = 0, .max = 1});
        v(p.max, {.name = "max", .doc = {"greatest share", "最高比例"}, .unit = "1", .min = 0, .max = 1});
        v(p.window, {.name = "window", .doc = {"bases of a window; 0: all", "窗口碱基数；0 表示全部"}, .min = 0});
    }
};

struct Runs {
    std::optional<std::int64_t> a{};
    std::optional<std::int64_t> c{};
    std::optional<std::int64_t> g{};
    std::optional<std::int64_t> t{};

    static void describe(auto& p, auto&& v) {
        v(p.a, {.name = "A", .doc = {"longest run of A", "A 的最长连续数"}, .min = 0});
        v(p.c, {.name = "C", .doc = {"longest run of C", "C 的最长连续数"}, .min = 0});
        v(p.g, {.name = "G", .doc = {"longest run of G", "G 的最长连续数"}, .min = 0});
        v(p.t, {.name = "T", .doc = {"longest run of T", "T 的最长连续数"}, .min = 0});
    }
};

struct Homopolymer : Common {
    Runs max{};

    static void describe(auto& p, auto&& v) {
        Common::describe(p, v);
        v(p.max, {.name = "max", .doc = {"longest runs", "最长连续数"}, .required = true});
    }
};

struct Repeat : Common {
    std::int64_t k = 20;
    std::string strand = "both";

    static void describe(auto& p, auto&& v) {
        Common::describe(p, v);
        v(p.k, {.name = "k", .doc = {"letters of a word", "词长"}, .min = 2, .required = true});
        v(p.strand, {.name = "strand", .doc = {"strand", "链"}, .choices = "both|+"});
    }
};

struct Hairpin : Common {
    std::int64_t stem = 20;
    std::int64_t span = 200;

    static void describe(auto& p, auto&& v) {
        Common::describe(p, v);
        v(p.stem, {.name = "stem", .doc = {"bases of a stem", "茎长"}, .min = 2, .required = true});
        v(p.span, {.name = "span", .doc = {"bases from its start", "自起点的跨度"}, .min = 2, .required = true});
    }
};

struct NoMatch : Common {
    std::string file{};
    std::int64_t k = 20;

    static void describe(auto& p, auto&& v) {
        Common::describe(p, v);
        v(p.file, {.name = "file", .doc = {"sequences not to match", "不得匹配的序列文件"}, .required = true});
        v(p.k, {.name = "k", .doc = {"letters of a word", "词长"}, .min = 4, .max = 200, .required = true});
    }
};

struct Rare : Common {
    std::string table{};
    double min_fraction = 0;

    static void describe(auto& p, auto&& v) {
        Common::describe(p, v);
        v(p.table, {.name = "table", .doc = {"codon table", "密码子表"}, .required = true});
        v(p.min_fraction, {.name = "min_fraction",
                           .doc = {"least fraction among synonyms", "在同义密码子中的最低比例"},
                           .min = 0,
                           .max = 1,
                           .required = true});
    }
};

struct Melting : Common {
    std::optional<double> min{};
    std::optional<double> max{};

    static void describe(auto& p, auto&& v) {
        Common::describe(p, v);
        v(p.min, {.name = "min",
                  .doc = {"lowest melting temperature", "最低解链温度"},
                  .unit = "Cel",
                  .min = -200,
                  .max = 200});
        v(p.max, {.name = "max",
                  .doc = {"highest melting temperature", "最高解链温度"},
                  .unit = "Cel",
                  .min = -200,
                  .max = 200});
    }
};

struct Structure : Common {
    double max_dg = 0;
    std::int64_t window = 0;

    static void describe(auto& p, auto&& v) {
        Common::describe(p, v);
        v(p.max_dg, {.name = "max_dg",
                     .doc = {"no structure is more stable than this free energy", "结构不得比此自由能更稳定"},
                     .unit = "kcal/mol",
                     .min = -10000,
                     .max = 0,
                     .required = true});
        v(p.window, {.name = "window",
                     .doc = {"bases of a window; 0: all", "窗口碱基数；0 表示全部"},
                     .unit = "1",
                     .min = 0,
                     .max = 10000});
    }
};

struct Rules : Common {
    std::string rules{};

    static void describe(auto& p, auto&& v) {
        Common::describe(p, v);
        v(p.rules,
          {.name = "rules", .doc = {"synthesis rule set; empty: the one named by id", "合成规则集；留空则为 id 所指"}});
    }
};

struct Codon : Common {
    std::string method{};
    std::string table{};
    std::string source_table{};
    double weight = 1;

    static void describe(auto& p, auto&& v) {
        Common::describe(p, v);
        v(p.method,
          {.name = "method", .doc = {"method", "方法"}, .choices = "cai|match|harmonise|tai", .required = true});
        v(p.table, {.name = "table", .doc = {"codon table of the host", "宿主的密码子表"}, .required = true});
        v(p.source_table, {.name = "source_table", .doc = {"codon table of the source", "来源物种的密码子表"}});
        v(p.weight, {.name = "weight", .doc = {"weight", "权重"}, .min = 0, .max = 1e9});
    }
};

struct Change : Common {
    double weight = 1;

    static void describe(auto& p, auto&& v) {
        Common::describe(p, v);
        v(p.weight, {.name = "weight", .doc = {"weight", "权重"}, .min = 0, .max = 1e9});
    }
};

struct GcTarget : Common {
    double target = 0.5;
    double weight = 1;

    static void describe(auto& p, auto&& v) {
        Common::describe(p, v);
        v(p.target, {.name = "target", .doc = {"share wanted", "目标比例"}, .min = 0, .max = 1, .required = true});
        v(p.weight, {.name = "weight", .doc = {"weight", "权重"}, .min = 0, .max = 1e9});
    }
};

}  // namespace leaven::dna::form
