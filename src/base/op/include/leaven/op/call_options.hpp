// What a call may be given besides the operation's own parameters, on the surfaces that take parameters as one object.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/op/json_name.hpp>

namespace leaven {

struct CallOptions {
    std::optional<std::int64_t> threads;  // none: as many as the machine has
    std::int64_t seed = 0;
    std::optional<std::string> lang;  // none: the surface's

    static void describe(auto& p, auto&& v) {
        v(p.threads, {.name = "threads",
                      .doc = {"threads; the answer does not depend on it", "线程数，结果与之无关"},
                      .unit = "1",
                      .min = 1,
                      .max = 4096});
        v(p.seed, {.name = "seed",
                   .doc = {"seed of what is random", "随机种子"},
                   .unit = "1",
                   .min = 0,
                   .max = 9007199254740991});
        v(p.lang, {.name = "lang", .doc = {"language of texts", "文本语言"}, .choices = "en|zh"});
    }

    /// The language asked for, else `otherwise`.
    [[nodiscard]] Lang language(Lang otherwise) const {
        return lang ? (*lang == "zh" ? Lang::zh : Lang::en) : otherwise;
    }

    /// Threads, seed and language of the run.
    void apply(Context& context, Lang otherwise) const;
};

/// Reads these options and takes them out of `parameters`; the rest is the operation's.
///
/// Errors  bad_input; `where` is the option
Result<CallOptions> take_call_options(Json& parameters);

}  // namespace leaven
