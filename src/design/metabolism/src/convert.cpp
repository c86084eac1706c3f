#include <leaven/core/file.hpp>
#include <leaven/metabolism/convert.hpp>
#include <leaven/metabolism/load.hpp>

namespace leaven::metabolism {

Result<ConvertResult> convert(const ConvertParams& params, Context& context) {
    const auto found = share_model(params.model, &context.stop_flag());
    if (!found) return pass(found);
    const auto& model = **found;
    auto written = write_model(model, params.out);
    if (!written) return pass(written);
    if (context.stopped()) return cancelled();
    if (auto status = write_file(params.out, written->bytes); !status) return pass(status);
    ConvertResult result;
    result.from = model.format;
    result.to = std::move(written->format);
    result.reactions = static_cast<std::int64_t>(model.reactions.size());
    result.metabolites = static_cast<std::int64_t>(model.metabolites.size());
    result.genes = static_cast<std::int64_t>(model.genes.size());
    result.losses = std::move(written->losses);
    return result;
}

}  // namespace leaven::metabolism
