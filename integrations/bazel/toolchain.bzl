"""The program that the actions of defs.bzl execute."""

def _toolchain_impl(ctx):
    resource_dir = None
    for header in ctx.files.resource_headers:
        if header.basename == "stddef.h":
            resource_dir = header.dirname.rpartition("/")[0]
    if ctx.files.resource_headers and not resource_dir:
        fail("resource_headers has no stddef.h; name the files below lib/clang/VERSION/include", "resource_headers")
    return [platform_common.ToolchainInfo(
        program = ctx.executable.program,
        resource_dir = resource_dir,
        resource_headers = depset(ctx.files.resource_headers),
    )]

ilbridge_toolchain = rule(
    implementation = _toolchain_impl,
    attrs = {
        "program": attr.label(
            mandatory = True,
            executable = True,
            allow_single_file = True,
            cfg = "exec",
            doc = "ilbridge, for the platform on which actions run.",
        ),
        "resource_headers": attr.label_list(
            allow_files = True,
            cfg = "exec",
            doc = "Clang's own headers, lib/clang/VERSION/include; without them, those that the program finds.",
        ),
    },
    provides = [platform_common.ToolchainInfo],
    doc = "An ilbridge to register, with toolchain(), for //:toolchain_type.",
)
