#include "walk.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace leaven::metabolism {
namespace {

struct Chord {
    double from;
    double to;
};

constexpr double no_slope = 1e-13;
constexpr double far = 1e100;  // instead of infinity, which times zero would be no number

}  // namespace

CoordinateSpace::CoordinateSpace(const Polytope& polytope, const Rounding& rounding)
    : origin(rounding.centre), directions(rounding.directions) {
    std::vector<Eigen::Index> reached;
    for (Eigen::Index i = 0; i < polytope.lower.size(); ++i)
        if (std::isfinite(polytope.lower[i]) || std::isfinite(polytope.upper[i])) reached.push_back(i);
    const auto count = static_cast<Eigen::Index>(reached.size());
    const auto rows = (count + lanes - 1) / lanes * lanes;  // rows without bounds fill the last block
    centre = Eigen::ArrayXd::Zero(rows);
    lower = Eigen::ArrayXd::Constant(rows, -far);
    upper = Eigen::ArrayXd::Constant(rows, far);
    slopes = Eigen::ArrayXXd::Zero(rows, directions.cols());
    for (Eigen::Index i = 0; i < count; ++i) {
        const auto from = reached[static_cast<std::size_t>(i)];
        centre[i] = rounding.centre[from];
        lower[i] = std::max(polytope.lower[from], -far);
        upper[i] = std::min(polytope.upper[from], far);
        slopes.row(i) = directions.row(from).array();
    }
    inverse = (slopes.abs() > no_slope).select(slopes.inverse(), far);
}

namespace {

class CoordinateWalk : public Walk {
public:
    CoordinateWalk(const CoordinateSpace& space, Random random)
        : space_(space), random_(random), z_(Eigen::VectorXd::Zero(space.directions.cols())), y_(space.centre) {
        start_anywhere();
    }

    void step(std::int64_t steps) override {
        const auto dimensions = static_cast<std::uint32_t>(z_.size());
        if (dimensions == 0) return;
        constexpr std::int64_t between_refreshes = 10000;
        for (std::int64_t i = 0; i < steps; ++i) {
            const auto j = static_cast<Eigen::Index>(random_.below(dimensions));
            const double share = random_.uniform();
            const auto chord = along(space_.inverse.col(j));
            const double length = chord.from + share * (chord.to - chord.from);
            if (!(chord.from < chord.to)) continue;
            z_[j] += length;
            y_ += length * space_.slopes.col(j);
            if (++since_refresh_ >= between_refreshes) refresh();
        }
    }

    const Eigen::VectorXd& settle() override {
        refresh();
        at_ = space_.origin + space_.directions * z_;
        return at_;
    }

private:
    template <class Inverse>
    [[nodiscard]] Chord along(const Inverse& inverse) const {
        // The ends by the two bounds of each row, whichever way the row slopes; lanes, so that minima need not wait for
        // one another.
        std::array<double, CoordinateSpace::lanes> from_lane;
        std::array<double, CoordinateSpace::lanes> to_lane;
        from_lane.fill(-far);
        to_lane.fill(far);
        const double* y = y_.data();
        const double* low = space_.lower.data();
        const double* high = space_.upper.data();
        const double* factor = inverse.data();
        for (Eigen::Index i = 0; i < y_.size(); i += CoordinateSpace::lanes) {
            for (Eigen::Index lane = 0; lane < CoordinateSpace::lanes; ++lane) {
                const double a = (low[i + lane] - y[i + lane]) * factor[i + lane];
                const double b = (high[i + lane] - y[i + lane]) * factor[i + lane];
                const double less = a < b ? a : b;
                const double more = a < b ? b : a;
                from_lane[lane] = from_lane[lane] > less ? from_lane[lane] : less;
                to_lane[lane] = to_lane[lane] < more ? to_lane[lane] : more;
            }
        }
        const double from = *std::max_element(from_lane.begin(), from_lane.end());
        const double to = *std::min_element(to_lane.begin(), to_lane.end());
        return {from, to};
    }

    /// Sums of steps gather rounding errors; z does not.
    void refresh() {
        y_ = space_.centre + (space_.slopes.matrix() * z_).array();
        since_refresh_ = 0;
    }

    /// Chains begin apart: most of the way from the centre to the edge, in a random direction.
    void start_anywhere() {
        constexpr double most_of_the_way = 0.9;
        Eigen::VectorXd direction(z_.size());
        for (auto& part : direction) part = random_.normal();
        const Eigen::ArrayXd slope = (space_.slopes.matrix() * direction).array();
        const Eigen::ArrayXd inverse = (slope.abs() > no_slope).select(slope.inverse(), far);
        const auto chord = along(inverse);
        if (!(chord.to > 0) || chord.to >= far) return;
        z_ = most_of_the_way * chord.to * direction;
        refresh();
    }

    const CoordinateSpace& space_;
    Random random_;
    Eigen::VectorXd z_;
    Eigen::ArrayXd y_;
    Eigen::VectorXd at_;
    std::int64_t since_refresh_ = 0;
};

class DirectionWalk : public Walk {
public:
    DirectionWalk(const Polytope& polytope, const Eigen::MatrixXd& vertices, bool learns, Random random)
        : polytope_(polytope), vertices_(vertices), learns_(learns), random_(random), y_(vertices.rowwise().mean()) {
        centre_ = y_;
        centred_on_ = 1;
        keep_inside();
    }

    void step(std::int64_t steps) override {
        if (polytope_.dimensions() == 0) return;
        for (std::int64_t i = 0; i < steps; ++i) {
            const Eigen::VectorXd direction = picked() - centre_;
            const auto chord = along(direction);
            if (chord.from < chord.to) y_ += (chord.from + random_.uniform() * (chord.to - chord.from)) * direction;
            if (learns_) recentre();
            if (++since_projection_ >= 100) keep_inside();
        }
    }

    const Eigen::VectorXd& settle() override {
        keep_inside();
        if (learns_)
            passed_.push_back(y_);
        else
            recentre();
        return y_;
    }

private:
    Eigen::VectorXd picked() {
        const auto count = static_cast<std::uint32_t>(vertices_.cols()) + static_cast<std::uint32_t>(passed_.size());
        const auto at = random_.below(count);
        if (at < static_cast<std::uint32_t>(vertices_.cols())) return vertices_.col(static_cast<Eigen::Index>(at));
        return passed_[at - static_cast<std::size_t>(vertices_.cols())];
    }

    void recentre() {
        ++centred_on_;
        centre_ += (y_ - centre_) / static_cast<double>(centred_on_);
    }

    [[nodiscard]] Chord along(const Eigen::VectorXd& direction) const {
        Chord chord{-far, far};
        const double small = 1e-10 * direction.cwiseAbs().maxCoeff();
        for (Eigen::Index i = 0; i < direction.size(); ++i) {
            if (std::fabs(direction[i]) <= small) continue;
            const double a = (polytope_.lower[i] - y_[i]) / direction[i];
            const double b = (polytope_.upper[i] - y_[i]) / direction[i];
            chord.from = std::max(chord.from, std::min(a, b));
            chord.to = std::min(chord.to, std::max(a, b));
        }
        return chord.to < far && chord.from > -far ? chord : Chord{0, 0};
    }

    /// Back onto the balance, then towards the base, which is inside, as far as needed.
    void keep_inside() {
        since_projection_ = 0;
        y_ = polytope_.basis * (polytope_.basis.transpose() * y_);
        double share = 1;
        for (Eigen::Index i = 0; i < y_.size(); ++i) {
            if (y_[i] > polytope_.upper[i]) share = std::min(share, polytope_.upper[i] / y_[i]);
            if (y_[i] < polytope_.lower[i]) share = std::min(share, polytope_.lower[i] / y_[i]);
        }
        y_ *= std::max(share, 0.0);
    }

    const Polytope& polytope_;
    const Eigen::MatrixXd& vertices_;
    bool learns_;
    Random random_;
    Eigen::VectorXd y_, centre_;
    std::int64_t centred_on_ = 0;
    std::int64_t since_projection_ = 0;
    std::vector<Eigen::VectorXd> passed_;
};

}  // namespace

std::unique_ptr<Walk> coordinate_walk(const CoordinateSpace& space, Random random) {
    return std::make_unique<CoordinateWalk>(space, random);
}

std::unique_ptr<Walk> direction_walk(const Polytope& polytope, const Eigen::MatrixXd& vertices, bool learns,
                                     Random random) {
    return std::make_unique<DirectionWalk>(polytope, vertices, learns, random);
}

}  // namespace leaven::metabolism
