"""What Bazel 4's own toolchains load; the version that it names would be downloaded."""

java_binary = native.java_binary
java_import = native.java_import
java_runtime = native.java_runtime
java_toolchain = native.java_toolchain
