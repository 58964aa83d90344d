"""An aspect that scans each source of cc_library targets, and a rule that generates from the facts."""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "ACTION_NAMES")
load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")

_TOOLCHAIN = "@ilbridge//:toolchain_type"
_CC_TOOLCHAIN = "@bazel_tools//tools/cpp:toolchain_type"

IlbridgeFactsInfo = provider(
    doc = "What the sources of a target, and of those that it depends on, export.",
    fields = {"facts": "depset of files, one for each source"},
)

# These actions have the compile flags of a source.
_ACTIONS = {
    "c": ACTION_NAMES.c_compile,
    "cc": ACTION_NAMES.cpp_compile,
    "cpp": ACTION_NAMES.cpp_compile,
    "cxx": ACTION_NAMES.cpp_compile,
}

def _compile_flags(ctx, cc_toolchain, action, compilation):
    features = cc_common.configure_features(
        ctx = ctx,
        cc_toolchain = cc_toolchain,
        requested_features = ctx.features,
        unsupported_features = ctx.disabled_features,
    )
    cpp = ctx.fragments.cpp
    of_language = cpp.conlyopts if action == ACTION_NAMES.c_compile else cpp.cxxopts
    variables = cc_common.create_compile_variables(
        feature_configuration = features,
        cc_toolchain = cc_toolchain,
        include_directories = compilation.includes,
        quote_include_directories = compilation.quote_includes,
        system_include_directories = compilation.system_includes,
        framework_include_directories = compilation.framework_includes,
        preprocessor_defines = depset(transitive = [compilation.defines, compilation.local_defines]),
        user_compile_flags = cpp.copts + of_language + getattr(ctx.rule.attr, "copts", []),
    )
    return cc_common.get_memory_inefficient_command_line(
        feature_configuration = features,
        action_name = action,
        variables = variables,
    )

def _scan_impl(target, ctx):
    if CcInfo not in target:
        return [IlbridgeFactsInfo(facts = depset())]
    ilbridge = ctx.toolchains[_TOOLCHAIN]
    cc_toolchain = find_cpp_toolchain(ctx)
    compilation = target[CcInfo].compilation_context
    sources = [file for label in getattr(ctx.rule.attr, "srcs", []) for file in label.files.to_list()]
    headers = [file for file in sources if file.extension not in _ACTIONS]
    facts = []
    for source in sources:
        if source.extension not in _ACTIONS:
            continue
        output = ctx.actions.declare_file("{}.ilbridge/{}.facts".format(
            ctx.label.name,
            source.short_path.replace("../", ""),
        ))

        # On each machine, paths are relative to the folder in which the action runs.
        arguments = ctx.actions.args()
        arguments.add_all(["scan", "--no-config", "--no-cache", "--root", "."])
        if ilbridge.resource_dir:
            arguments.add("--resource-dir", ilbridge.resource_dir)
        arguments.add("-o", output)
        arguments.add(source)
        arguments.add("--")
        arguments.add_all(_compile_flags(ctx, cc_toolchain, _ACTIONS[source.extension], compilation))
        ctx.actions.run(
            mnemonic = "IlbridgeScan",
            progress_message = "Scanning " + source.short_path,
            executable = ilbridge.program,
            inputs = depset(
                [source] + headers,
                transitive = [compilation.headers, cc_toolchain.all_files, ilbridge.resource_headers],
            ),
            outputs = [output],
            arguments = [arguments],
        )
        facts.append(output)
    below = [
        dep[IlbridgeFactsInfo].facts
        for dep in getattr(ctx.rule.attr, "deps", [])
        if IlbridgeFactsInfo in dep
    ]
    return [IlbridgeFactsInfo(facts = depset(facts, transitive = below))]

ilbridge_scan = aspect(
    implementation = _scan_impl,
    attr_aspects = ["deps"],
    attrs = {"_cc_toolchain": attr.label(default = "@bazel_tools//tools/cpp:current_cc_toolchain")},
    fragments = ["cpp"],
    provides = [IlbridgeFactsInfo],
    toolchains = [_TOOLCHAIN, _CC_TOOLCHAIN],
    doc = "Scans each source of a target and of those that it depends on: one action for a source.",
)

def _generate_impl(ctx):
    ilbridge = ctx.toolchains[_TOOLCHAIN]
    facts = depset(transitive = [dep[IlbridgeFactsInfo].facts for dep in ctx.attr.deps])

    # References are not arguments: ilbridge finds them next to the assemblies.
    arguments = ctx.actions.args()
    arguments.add_all(["generate", "--no-config", "--no-cache", "--root", "."])
    arguments.add("--backend", ctx.attr.backend)
    if ctx.attr.function:
        arguments.add("--name", ctx.attr.function)
    arguments.add("-o", ctx.outputs.out)
    arguments.add_all(ctx.files.assemblies, before_each = "--assembly")
    arguments.add_all(ctx.attr.options)

    # A project can have thousands of these arguments.
    list_of_facts = ctx.actions.args()
    list_of_facts.use_param_file("@%s", use_always = True)
    list_of_facts.set_param_file_format("multiline")
    list_of_facts.add_all(facts, before_each = "--facts")
    ctx.actions.run(
        mnemonic = "IlbridgeGenerate",
        progress_message = "Generating " + ctx.outputs.out.short_path,
        executable = ilbridge.program,
        inputs = depset(ctx.files.assemblies + ctx.files.references, transitive = [facts]),
        outputs = [ctx.outputs.out],
        arguments = [arguments, list_of_facts],
    )

ilbridge_generate = rule(
    implementation = _generate_impl,
    attrs = {
        "assemblies": attr.label_list(
            mandatory = True,
            allow_files = [".dll", ".exe", ".yaml"],
            doc = "The C# side: assemblies or manifests.",
        ),
        "backend": attr.string(mandatory = True, doc = "What --backend takes."),
        "deps": attr.label_list(
            mandatory = True,
            aspects = [ilbridge_scan],
            providers = [CcInfo],
            doc = "The C++ side: cc_library targets.",
        ),
        "function": attr.string(doc = "What --name takes."),
        "options": attr.string_list(doc = "More options of `ilbridge generate`, such as --target and --runtime."),
        "out": attr.output(mandatory = True, doc = "The file to generate."),
        "references": attr.label_list(
            allow_files = [".dll"],
            doc = "Assemblies that the assemblies refer to, in the same folder.",
        ),
    },
    toolchains = [_TOOLCHAIN],
    doc = "Compares both sides, and generates code from them.",
)
