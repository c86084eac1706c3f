#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/core/packed.hpp>

namespace leaven {
namespace {

struct Inner {
    std::vector<std::int32_t> set;
    std::optional<double> value;
    std::vector<bool> bits;

    static void members(auto& p, auto&& v) { v(p.set), v(p.value), v(p.bits); }
    bool operator==(const Inner&) const = default;
};

struct Outer {
    std::string text;
    std::vector<Inner> list;
    std::vector<std::pair<std::int64_t, std::string>> pairs;
    bool flag = false;

    static void members(auto& p, auto&& v) { v(p.text), v(p.list), v(p.pairs), v(p.flag); }
    bool operator==(const Outer&) const = default;
};

Inner any_inner() {
    Inner inner{*rc::gen::arbitrary<std::vector<std::int32_t>>(), std::nullopt, {}};
    if (*rc::gen::arbitrary<bool>()) inner.value = *rc::gen::inRange(-1000, 1000) / 8.0;
    for (const int bit : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 2))) inner.bits.push_back(bit == 1);
    return inner;
}

RC_GTEST_PROP(Packed, comes_back_as_it_was, ()) {
    Outer outer;
    outer.text = *rc::gen::arbitrary<std::string>();
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i) outer.list.push_back(any_inner());
    outer.pairs = *rc::gen::arbitrary<std::vector<std::pair<std::int64_t, std::string>>>();
    outer.flag = *rc::gen::arbitrary<bool>();
    const auto bytes = Packer().add(outer).add(std::string_view("end")).take();
    Unpacker unpacker(bytes);
    RC_ASSERT(unpacker.next<Outer>() == outer);
    RC_ASSERT(unpacker.read_text() == "end");
}

TEST(Packed, reading_forgets_what_was_there) {
    const auto bytes = Packer().add(Inner{}).take();
    Inner inner{{1, 2}, 0.5, {true}};
    Unpacker(bytes).read(inner);
    EXPECT_EQ(inner, Inner{});
}

}  // namespace
}  // namespace leaven
