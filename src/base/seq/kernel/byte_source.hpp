// Bytes of a file or of memory, unpacked where they are gzip-compressed, in a window that moves forward.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>

namespace leaven::seq {

/// Leaves what is not given a value as it is: bytes that are read over need no zeros first.
struct UnsetBytes : std::allocator<char> {
    template <class>
    struct rebind {
        using other = UnsetBytes;
    };
    void construct(char* at) noexcept { ::new (static_cast<void*>(at)) char; }
    void construct(char* at, char value) noexcept { ::new (static_cast<void*>(at)) char(value); }
};

class ByteSource {
public:
    static Result<ByteSource> open(const std::filesystem::path& path);
    static Result<ByteSource> from_bytes(std::string bytes, std::string name);

    /// What has been read and not been taken.
    [[nodiscard]] std::string_view window() const {
        return std::string_view(data_.data(), data_.size()).substr(begin_);
    }
    [[nodiscard]] bool ended() const { return ended_; }
    [[nodiscard]] const std::string& name() const { return name_; }

    /// Makes the window longer; false at the end. Views of the window are invalid afterwards.
    Result<bool> grow();

    /// The whole rest in the window.
    Status grow_to_end();

    /// Takes `count` bytes from the front; their view stays valid until the window grows.
    void take(std::size_t count) { begin_ += count; }

private:
    struct Input;
    ByteSource(std::unique_ptr<Input, void (*)(Input*)> input, std::string name);
    std::unique_ptr<Input, void (*)(Input*)> input_;
    std::string name_;
    std::vector<char, UnsetBytes> data_;
    std::size_t begin_ = 0;
    bool ended_ = false;
};

}  // namespace leaven::seq
