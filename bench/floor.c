/* The floor under `./dev bench import`: downloads the same pages as Fairway and writes the same rows in the
 * same transactions, without decoding more of a page than its next token, without encryption and without a
 * decision. What it writes comes from a file of rows that bench/floor_rows.py took from a database that
 * Fairway had filled; that file is a list of steps:
 *
 *   uint32 count, then per statement: uint8 database (0 main, 1 key store), uint32 length, text
 *   'F'                    fetch the next page
 *   'B' database           begin a transaction       'C' database   commit it
 *   'S' uint16 statement   run it with uint8 count values:
 *                          0 null; 1 int64; 2 text, 3 blob: uint32 length, bytes
 *   'E'                    the end
 *
 * Usage: bench_floor ROWS URL MAIN.db KEYS.db. Numbers are little-endian, as everywhere we run. */
#include <curl/curl.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#define DATABASES 2
#define STATEMENTS_MAX 64
#define URL_MAX_LENGTH 4096

struct buffer {
    char* data;
    size_t size, room;
};

static sqlite3* databases[DATABASES];
static sqlite3_stmt* statements[STATEMENTS_MAX];
static int database_of[STATEMENTS_MAX];
static struct buffer page;

static _Noreturn void die(const char* what, const char* why) {
    fprintf(stderr, "bench_floor: %s: %s\n", what, why);
    exit(1);
}

static void run(int database, const char* sql) {
    if (sqlite3_exec(databases[database], sql, NULL, NULL, NULL) != SQLITE_OK)
        die(sql, sqlite3_errmsg(databases[database]));
}

/* As Fairway opens its databases: what the schema demands is part of writing a row. */
static void open_database(int database, const char* path) {
    if (sqlite3_open_v2(path, &databases[database], SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK)
        die(path, sqlite3_errmsg(databases[database]));
    run(database, "PRAGMA foreign_keys = ON");
    run(database, "PRAGMA synchronous = FULL");
    run(database, "PRAGMA journal_mode = WAL");
    run(database, "PRAGMA wal_autocheckpoint = 20000");
}

static size_t keep(char* data, size_t one, size_t size, void* context) {
    struct buffer* into = context;
    (void)one;
    if (into->size + size + 1 > into->room) {
        into->room = 2 * (into->size + size + 1);
        into->data = realloc(into->data, into->room);
        if (into->data == NULL) die("memory", "no more");
    }
    memcpy(into->data + into->size, data, size);
    into->size += size;
    into->data[into->size] = '\0';
    return size;
}

/* The text behind "name":" in what was downloaded, or NULL; ends the text in place. */
static char* find_text(const char* name) {
    char* at = strstr(page.data, name);
    if (at == NULL) return NULL;
    at += strlen(name);
    *strchr(at, '"') = '\0';
    return at;
}

static void fetch(CURL* easy, const char* url) {
    page.size = 0;
    curl_easy_setopt(easy, CURLOPT_URL, url);
    const CURLcode code = curl_easy_perform(easy);
    if (code != CURLE_OK) die(url, curl_easy_strerror(code));
}

static CURL* start_client(const char* base) {
    CURL* easy = curl_easy_init();
    char url[URL_MAX_LENGTH];
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &page);
    curl_easy_setopt(easy, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, "grant_type=refresh_token");
    snprintf(url, sizeof url, "%s/auth/o2/token", base);
    fetch(easy, url);
    const char* access = find_text("\"access_token\":\"");
    if (access == NULL) die(url, "no access token");
    char header[URL_MAX_LENGTH];
    snprintf(header, sizeof header, "x-amz-access-token: %s", access);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, curl_slist_append(NULL, header));
    curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    return easy;
}

/* Downloads the next page; 0 when the one before named no next one. */
static int fetch_page(CURL* easy, const char* base) {
    static int pages = 0;
    char url[URL_MAX_LENGTH];
    const char* token = pages == 0 ? "" : find_text("\"nextToken\":\"");
    if (token == NULL) return 0;
    char* escaped = curl_easy_escape(easy, token, 0);
    snprintf(url, sizeof url, "%s/orders/2026-01-01/orders?maxResultsPerPage=100%s%s", base,
             pages == 0 ? "" : "&paginationToken=", escaped);
    curl_free(escaped);
    fetch(easy, url);
    ++pages;
    return 1;
}

static uint32_t number32(const uint8_t** at) {
    uint32_t value;
    memcpy(&value, *at, sizeof value);
    *at += sizeof value;
    return value;
}

static void prepare(const uint8_t** at) {
    const uint32_t count = number32(at);
    if (count > STATEMENTS_MAX) die("rows", "too many statements");
    for (uint32_t i = 0; i < count; ++i) {
        database_of[i] = *(*at)++;
        const uint32_t length = number32(at);
        sqlite3* database = databases[database_of[i]];
        if (sqlite3_prepare_v3(database, (const char*)*at, (int)length, SQLITE_PREPARE_PERSISTENT,
                               &statements[i], NULL) != SQLITE_OK)
            die("prepare", sqlite3_errmsg(database));
        *at += length;
    }
}

static void bind_value(sqlite3_stmt* statement, int index, const uint8_t** at) {
    const uint8_t kind = *(*at)++;
    if (kind == 0) {
        sqlite3_bind_null(statement, index);
    } else if (kind == 1) {
        int64_t value;
        memcpy(&value, *at, sizeof value);
        *at += sizeof value;
        sqlite3_bind_int64(statement, index, value);
    } else {
        const int length = (int)number32(at);
        if (kind == 2) sqlite3_bind_text(statement, index, (const char*)*at, length, SQLITE_STATIC);
        else sqlite3_bind_blob(statement, index, *at, length, SQLITE_STATIC);
        *at += length;
    }
}

static void step(const uint8_t** at) {
    uint16_t index;
    memcpy(&index, *at, sizeof index);
    *at += sizeof index;
    const int count = *(*at)++;
    sqlite3_stmt* statement = statements[index];
    for (int i = 1; i <= count; ++i) bind_value(statement, i, at);
    if (sqlite3_step(statement) != SQLITE_DONE)
        die(sqlite3_sql(statement), sqlite3_errmsg(databases[database_of[index]]));
    sqlite3_reset(statement);
}

static void play(const uint8_t* at, CURL* easy, const char* base) {
    prepare(&at);
    for (;;) switch (*at++) {
            case 'F':
                if (!fetch_page(easy, base)) die("pages", "fewer than the rows are of");
                break;
            case 'B': run(*at++, "BEGIN IMMEDIATE"); break;
            case 'C': run(*at++, "COMMIT"); break;
            case 'S': step(&at); break;
            case 'E':
                if (fetch_page(easy, base)) die("pages", "more than the rows are of");
                return;
            default: die("rows", "damaged");
        }
}

int main(int argc, char** argv) {
    if (argc != 5) die("usage", "bench_floor ROWS URL MAIN.db KEYS.db");
    const int file = open(argv[1], O_RDONLY);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0) die(argv[1], "cannot be opened");
    const uint8_t* rows = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (rows == MAP_FAILED) die(argv[1], "cannot be mapped");
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    open_database(0, argv[3]);
    open_database(1, argv[4]);
    play(rows, start_client(argv[2]), argv[2]);
    for (int i = 0; i < STATEMENTS_MAX; ++i) sqlite3_finalize(statements[i]);
    for (int i = 0; i < DATABASES; ++i) sqlite3_close(databases[i]);
    return 0;
}
