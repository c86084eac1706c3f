#include <leaven/dna/fold.hpp>

#include "minimum.hpp"
#include "partition.hpp"

namespace leaven::dna {
namespace {

std::string brackets(const std::vector<int>& partner, const Strands& strands) {
    std::string structure;
    for (int i = 0; i < strands.size(); ++i) {
        if (i == strands.nick) structure.push_back('&');
        const int j = partner[at(i)];
        structure.push_back(j < 0 ? '.' : j > i ? '(' : ')');
    }
    return structure;
}

}  // namespace

Result<EnergyModel> EnergyModel::at(const FoldConditions& conditions) {
    if (!(conditions.temperature_c >= 0 && conditions.temperature_c <= 100))
        return bad_input({"a temperature of {} degrees Celsius", "温度为 {} 摄氏度"}, conditions.temperature_c)
            .at("temperature")
            .advise({"give 0 to 100", "请给出 0 至 100"});
    if (conditions.dangles != 0 && conditions.dangles != 2)
        return bad_input({"dangles {}", "悬挂端模型 {}"}, conditions.dangles)
            .at("dangles")
            .advise({"give 0 or 2", "请给出 0 或 2"});
    return EnergyModel(tables_at(conditions));
}

struct Folder::State {
    EnergyModel model;
    Strands strands{};
    Minimum minimum;
    Partition partition;

    explicit State(EnergyModel with) : model(std::move(with)), minimum(model.tables()), partition(model.tables()) {}

    Status find_minimum(std::string_view text, std::int64_t longest, const Context& context) {
        auto read = read_strands(text, longest);
        if (!read) return pass(read);
        strands = *std::move(read);
        return minimum.run(strands, context);
    }
};

Folder::Folder(EnergyModel model) : state_(std::make_unique<State>(std::move(model))) {}
Folder::Folder(Folder&&) noexcept = default;
Folder& Folder::operator=(Folder&&) noexcept = default;
Folder::~Folder() = default;

Result<Fold> Folder::fold(std::string_view strands, const Context& context) {
    if (const auto done = state_->find_minimum(strands, longest_fold, context); !done) return pass(done);
    return Fold{brackets(state_->minimum.partners(), state_->strands), state_->minimum.energy() / 100.0};
}

Result<double> Folder::least_energy(std::string_view strands, const Context& context) {
    if (const auto done = state_->find_minimum(strands, longest_fold, context); !done) return pass(done);
    return state_->minimum.energy() / 100.0;
}

Result<Ensemble> Folder::ensemble(std::string_view strands, const Context& context) {
    if (const auto done = state_->find_minimum(strands, longest_ensemble, context); !done) return pass(done);
    const auto& s = state_->strands;
    auto& partition = state_->partition;
    if (const auto done = partition.run(s, state_->minimum.energy(), context); !done) return pass(done);
    Ensemble ensemble{.energy_kcal = partition.energy_kcal()};
    for (int i = 0; i < s.size(); ++i)
        for (int j = i + 1; j < s.size(); ++j)
            if (const double p = partition.probability(i, j); p >= 1e-5) ensemble.pairs.push_back({i, j, p});
    return ensemble;
}

Result<Fold> fold(std::string_view strands, const EnergyModel& model, const Context& context) {
    return Folder(model).fold(strands, context);
}

Result<Ensemble> ensemble(std::string_view strands, const EnergyModel& model, const Context& context) {
    return Folder(model).ensemble(strands, context);
}

}  // namespace leaven::dna
