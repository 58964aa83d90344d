// Provides libssl.so.1.1 with functions of libssl.so.3: .NET Core 3.1 requires
// it before it computes the checksum of a source. The functions with empty
// bodies are never called for that.

int EVP_MD_get_size(const void *);
int EVP_MD_size(const void *Digest) { return EVP_MD_get_size(Digest); }
void ERR_put_error(void) {}
void SSL_get_peer_certificate(void) {}
