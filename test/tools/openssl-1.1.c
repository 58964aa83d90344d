// libssl.so.1.1 of what libssl.so.3 still has: .NET Core 3.1 asks for it before it
// computes the checksum of a source. What is empty here is never called for that.

int EVP_MD_get_size(const void *);
int EVP_MD_size(const void *Digest) { return EVP_MD_get_size(Digest); }
void ERR_put_error(void) {}
void SSL_get_peer_certificate(void) {}
