#pragma once
// A fresh self-signed certificate for 127.0.0.1, as files that live as long as the object.
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

namespace fairway::net {

class TestCertificate {
public:
    TestCertificate() {
        std::string pattern = std::filesystem::temp_directory_path() / "certificate_XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
        const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
        X509* x509 = certificate.get();
        X509_set_version(x509, X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
        X509_gmtime_adj(X509_getm_notBefore(x509), -3600);
        X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
        X509_set_pubkey(x509, key.get());
        X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char*>("127.0.0.1"), -1, -1, 0);
        X509_set_issuer_name(x509, X509_get_subject_name(x509));
        X509_EXTENSION* name = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
        X509_add_ext(x509, name, -1);
        X509_EXTENSION_free(name);
        X509_sign(x509, key.get(), EVP_sha256());
        write(certificate_file(), [&](FILE* file) { PEM_write_X509(file, x509); });
        write(key_file(), [&](FILE* file) {
            PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        });
    }
    ~TestCertificate() { std::filesystem::remove_all(folder_); }
    TestCertificate(const TestCertificate&) = delete;
    TestCertificate& operator=(const TestCertificate&) = delete;

    std::string certificate_file() const { return folder_ / "certificate.pem"; }
    std::string key_file() const { return folder_ / "key.pem"; }

private:
    template <class Write>
    static void write(const std::string& path, Write write_to) {
        FILE* file = std::fopen(path.c_str(), "w");
        write_to(file);
        std::fclose(file);
    }

    std::filesystem::path folder_;
};

}  // namespace fairway::net
