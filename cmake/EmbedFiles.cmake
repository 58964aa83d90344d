# Turns FILES into OUTPUT, rows {name, text} for C++ to include. NAME is the part
# of a file's path that is its name there: NAME, or NAME_WE without an extension.
set(rows "")
foreach(path IN LISTS FILES)
  get_filename_component(name ${path} ${NAME})
  file(READ ${path} text)
  string(APPEND rows "{\"${name}\", R\"page(${text})page\"},\n")
endforeach()
file(WRITE ${OUTPUT} "${rows}")
