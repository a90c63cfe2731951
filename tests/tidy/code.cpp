#include "code.hpp"

#include <algorithm>
#include <cctype>
#include <regex>

namespace fairway::tidy {

namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Walks over the text once and blanks what is not code.
class Blanker {
public:
    Blanker(std::string_view text, Preprocessor preprocessor)
        : text_(text), out_(text), blanks_directives_(preprocessor == Preprocessor::blank) {}

    std::string run() {
        while (at_ < text_.size()) step();
        return std::move(out_);
    }

private:
    void step() {
        const std::string_view rest = text_.substr(at_);
        if (rest.starts_with("//")) blank(end_of_line());
        else if (rest.starts_with("/*")) blank(after("*/", at_ + 2));
        else if (rest.starts_with("R\"") && !after_word()) raw_string();
        else if (rest[0] == '"') literal('"');
        else if (rest[0] == '\'' && !after_word()) literal('\'');
        else if (rest[0] == '#' && blanks_directives_ && first_on_line()) blank(end_of_directive());
        else ++at_;
    }

    // 1'000 is no literal, and neither is the R of an identifier.
    bool after_word() const { return at_ > 0 && is_word(text_[at_ - 1]); }

    bool first_on_line() const {
        const std::size_t start = text_.substr(0, at_).rfind('\n') + 1;
        return text_.substr(start, at_ - start).find_first_not_of(" \t") == std::string_view::npos;
    }

    std::size_t after(std::string_view mark, std::size_t from) const {
        const std::size_t found = text_.find(mark, from);
        return found == std::string_view::npos ? text_.size() : found + mark.size();
    }

    std::size_t end_of_line() const { return std::min(text_.find('\n', at_), text_.size()); }

    std::size_t end_of_directive() const {
        std::size_t end = at_;
        do end = std::min(text_.find('\n', end + 1), text_.size());
        while (end < text_.size() && text_[end - 1] == '\\');
        return end;
    }

    void blank(std::size_t end) {
        for (; at_ < end; ++at_)
            if (text_[at_] != '\n') out_[at_] = ' ';
    }

    void literal(char quote) {
        std::size_t end = at_ + 1;
        while (end < text_.size() && text_[end] != quote && text_[end] != '\n')
            end += text_[end] == '\\' ? 2 : 1;
        ++at_;
        blank(std::min(end, text_.size()));
        ++at_;
    }

    void raw_string() {
        const std::size_t open = text_.find('(', at_);
        if (open == std::string_view::npos) {
            at_ = text_.size();
            return;
        }
        const std::string close = ")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"";
        const std::size_t end = after(close, open);
        at_ += 2;
        blank(end - 1);
        ++at_;
    }

    std::string_view text_;
    std::string out_;
    bool blanks_directives_;
    std::size_t at_ = 0;
};

enum class Block { container, function, data };

// A template's own parameters say nothing about what follows them, and may have defaults.
std::string without_template(std::string head) {
    const std::size_t start = head.find_first_not_of(" \n");
    if (start == std::string::npos || head.compare(start, 8, "template") != 0) return head;
    int depth = 0;
    for (std::size_t i = head.find('<', start); i < head.size(); ++i) {
        if (head[i] == '<') ++depth;
        if (head[i] == '>' && --depth == 0) return without_template(head.substr(i + 1));
    }
    return head;
}

// What the text between the last statement and a "{" opens, at namespace or class level.
Block block_of(const std::string& head) {
    static const std::regex kContainer(
        R"x(^\s*((inline\s+)?namespace\b|extern\s*"\s*"\s*$|(typedef\s+)?(class|struct|union)\b))x");
    static const std::regex kOperator(R"(operator\s*[-+*/%^&|~!=<>\[\]]+)");
    const std::string plain = std::regex_replace(without_template(head), kOperator, "operator");
    if (std::regex_search(plain, kContainer)) return Block::container;
    const std::size_t parameters = plain.find('(');
    return parameters == std::string::npos || plain.find('=') < parameters ? Block::data : Block::function;
}

std::string name_in(const std::string& head) {
    std::string name = head.substr(0, head.find('('));
    if (name.find("TEST") != std::string::npos) name = head.substr(0, head.find(')') + 1);
    name.erase(0, name.find_first_not_of(" \n"));
    std::ranges::replace(name, '\n', ' ');
    const std::size_t space = name.rfind(' ');
    return head.contains("TEST") || space == std::string::npos ? name : name.substr(space + 1);
}

class FunctionFinder {
public:
    explicit FunctionFinder(std::string code) : code_(std::move(code)) {}

    std::vector<Function> run() {
        for (at_ = 0; at_ < code_.size(); ++at_) step(code_[at_]);
        return std::move(functions_);
    }

private:
    void step(char c) {
        if (c == '(') ++parentheses_;
        if (c == ')') --parentheses_;
        if (parentheses_ > 0) return;
        if (c == ';') begin_head(at_ + 1);
        if (c == ':' && is_access_label()) begin_head(at_ + 1);
        if (c == '{') open();
        if (c == '}') begin_head(at_ + 1);  // of a container
    }

    void begin_head(std::size_t at) { head_ = at; }

    bool is_access_label() const {
        static const std::regex kLabel(R"(^\s*(public|private|protected)\s*$)");
        return std::regex_match(code_.substr(head_, at_ - head_), kLabel);
    }

    void open() {
        const std::string head = code_.substr(head_, at_ - head_);
        const Block block = block_of(head);
        if (block == Block::container) {
            begin_head(at_ + 1);
            return;
        }
        std::size_t end = closing(at_);
        // "a_{1}, b_{2} {": the braces of a constructor's initializers come before its body.
        while (block == Block::function) {
            const std::size_t next = code_.find_first_not_of(" \n", end + 1);
            if (next == std::string::npos || (code_[next] != ',' && code_[next] != '{')) break;
            const std::size_t brace = code_.find('{', next);
            if (brace == std::string::npos) break;
            end = closing(brace);
        }
        if (block == Block::function) add(head, end);
        at_ = end;
        // What follows data is still its statement: "= {…};"
        if (block == Block::function) begin_head(at_ + 1);
    }

    void add(const std::string& head, std::size_t end) {
        const std::size_t first = code_.find_first_not_of(" \n", head_);
        const auto line = [this](std::size_t at) {
            return static_cast<std::size_t>(
                std::count(code_.begin(), code_.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
        };
        functions_.push_back({name_in(head), line(first) + 1, line(end) - line(first) + 1});
    }

    std::size_t closing(std::size_t open_brace) const {
        int depth = 0;
        for (std::size_t i = open_brace; i < code_.size(); ++i) {
            if (code_[i] == '{') ++depth;
            if (code_[i] == '}' && --depth == 0) return i;
        }
        return code_.size() - 1;
    }

    std::string code_;
    std::vector<Function> functions_;
    std::size_t at_ = 0, head_ = 0;
    int parentheses_ = 0;
};

}  // namespace

std::string without_comments_and_literals(std::string_view text, Preprocessor preprocessor) {
    return Blanker(text, preprocessor).run();
}

std::vector<Function> functions_of(std::string_view text) {
    return FunctionFinder(without_comments_and_literals(text, Preprocessor::blank)).run();
}

}  // namespace fairway::tidy
