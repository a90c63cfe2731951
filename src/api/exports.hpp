#pragma once
// Lists as CSV files: GET /exports/{list}. A file is made page by page through the list's own handler, with
// the rights of whoever asks and with each view recorded, while it is sent; between two pages nothing is held
// but a cursor. What is under way is known in memory, so that a screen can show it after a reload.
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "api/call.hpp"
#include "api/csv.hpp"
#include "api/system_shapes.hpp"
#include "net/http.hpp"

namespace fairway::api {

struct ExportedList {
    std::string_view name;
    Handler handler;
    std::span<const Column> columns;
};
const ExportedList* find_exported_list(std::string_view name);

// Those under way and those that ended in the last hour. Thread-safe.
class Exports {
public:
    // One export. Ends as stopped unless it was told otherwise.
    class Progress {
    public:
        Progress(Exports& exports, const Clock& clock, std::int64_t number)
            : exports_(exports), clock_(clock), number_(number) {}
        ~Progress() { end("stopped"); }
        Progress(const Progress&) = delete;
        Progress& operator=(const Progress&) = delete;
        void sent(std::int64_t rows);
        // "done", "failed", "stopped"; the first one counts.
        void end(std::string_view state);
        void forget();  // it never began

    private:
        Exports& exports_;
        const Clock& clock_;
        std::int64_t number_;
    };

    // conflict too_many_exports while four of the owner's are under way.
    Result<std::unique_ptr<Progress>> begin(const std::string& owner, std::string_view list,
                                            std::optional<std::int64_t> total, const Clock& clock);
    // Newest first.
    std::vector<Export> list(const std::string& owner, UtcTime now);

private:
    struct Known {
        std::int64_t number = 0;
        std::string owner{};
        Export shape{};
    };
    Known* find(std::int64_t number);
    void forget_ended(UtcTime now);

    std::mutex mutex_;
    std::deque<Known> known_;   // guarded by mutex_; the newest last
    std::int64_t numbers_ = 0;  // guarded by mutex_
};

// The first page is read at once, so that what is wrong with the request is said as a problem. services must
// outlive the stream.
Result<std::shared_ptr<net::BodyStream>> begin_export(Services& services, const ExportedList& list,
                                                      net::Request request, Principal principal, UtcTime now);

}  // namespace fairway::api
