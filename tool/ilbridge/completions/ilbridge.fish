# Completion of ilbridge for fish. The program says what can stand there.

function __ilbridge_prefix
    for each in $argv[2..-1]
        echo $argv[1]$each
    end
end

function __ilbridge_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l option (string match -r -- '^--[^=]*=' $words[-1])
    set -l value (string replace -r -- '^--[^=]*=' '' $words[-1])
    for line in ($words[1] --complete $words[2..-1] 2>/dev/null)
        switch $line
            case :files
                __ilbridge_prefix "$option" (__fish_complete_path $value)
            case :folders
                __ilbridge_prefix "$option" (__fish_complete_directories $value)
            case '*'
                echo $line
        end
    end
end

complete -c ilbridge -f -a '(__ilbridge_complete)'
