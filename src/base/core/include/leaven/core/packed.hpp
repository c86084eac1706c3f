// Plain data as bytes and back, for ranks to tell each other what they found.
//
// Packed are numbers, texts, lists, pairs, values that may be absent, and structs that list their members:
//
//     struct Found {
//         std::vector<std::int32_t> set;
//         double value;
//         static void members(auto& p, auto&& v) { v(p.set), v(p.value); }
//     };
//     const std::string bytes = Packer().add(found).take();
//     Unpacker(bytes).read(again);
//
// The bytes are for processes of one program on machines of one kind, not for files.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace leaven {

/// Lists its members.
template <class T>
concept Packable = requires(T& value) {
    T::members(value, [](auto&) {});
};

/// Its bytes are all there is to it.
template <class T>
concept Flat = std::is_arithmetic_v<T> || std::is_enum_v<T>;

class Packer {
public:
    template <Flat T>
    Packer& add(T number) {
        return add_bytes(&number, sizeof number);
    }
    template <Packable T>
    Packer& add(const T& value) {
        T::members(value, [this](const auto& member) { this->add(member); });
        return *this;
    }
    Packer& add(std::string_view text) {
        add(static_cast<std::int64_t>(text.size()));
        return add_bytes(text.data(), text.size());
    }
    Packer& add(const std::string& text) { return add(std::string_view(text)); }
    template <class T>
    Packer& add(const std::vector<T>& list) {
        add(static_cast<std::int64_t>(list.size()));
        if constexpr (Flat<T> && !std::same_as<T, bool>)
            return add_bytes(list.data(), list.size() * sizeof(T));
        else
            for (const T& element : list) add(element);
        return *this;
    }
    template <class A, class B>
    Packer& add(const std::pair<A, B>& pair) {
        return add(pair.first).add(pair.second);
    }
    template <class T>
    Packer& add(const std::optional<T>& value) {
        add(value.has_value());
        return value ? add(*value) : *this;
    }

    [[nodiscard]] const std::string& bytes() const { return bytes_; }
    [[nodiscard]] std::string take() { return std::move(bytes_); }

private:
    Packer& add_bytes(const void* data, std::size_t size) {
        if (size > 0) bytes_.append(static_cast<const char*>(data), size);
        return *this;
    }

    std::string bytes_;
};

/// Reads in the order in which things were added. Requires  the bytes are those of a Packer, and live as long as this.
class Unpacker {
public:
    explicit Unpacker(std::string_view bytes) : bytes_(bytes) {}

    template <Flat T>
    void read(T& number) {
        std::memcpy(&number, take(sizeof number).data(), sizeof number);
    }
    template <Packable T>
    void read(T& value) {
        T::members(value, [this](auto& member) { this->read(member); });
    }
    void read(std::string& text) { text = read_text(); }
    template <class T>
    void read(std::vector<T>& list) {
        const auto size = static_cast<std::size_t>(next<std::int64_t>());
        list.clear();
        if constexpr (Flat<T> && !std::same_as<T, bool>) {
            const auto bytes = take(size * sizeof(T));
            list.resize(size);
            if (size > 0) std::memcpy(list.data(), bytes.data(), bytes.size());
        } else {
            list.reserve(size);
            for (std::size_t i = 0; i < size; ++i) list.push_back(next<T>());
        }
    }
    template <class A, class B>
    void read(std::pair<A, B>& pair) {
        read(pair.first);
        read(pair.second);
    }
    template <class T>
    void read(std::optional<T>& value) {
        value.reset();
        if (next<bool>()) read(value.emplace());
    }

    template <class T>
    T next() {
        T value{};
        read(value);
        return value;
    }
    /// Where it lies in the bytes.
    std::string_view read_text() { return take(static_cast<std::size_t>(next<std::int64_t>())); }

private:
    std::string_view take(std::size_t size) {
        const auto part = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return part;
    }

    std::string_view bytes_;
};

}  // namespace leaven
