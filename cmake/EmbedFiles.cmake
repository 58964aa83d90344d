# Converts FILES to OUTPUT: rows {name, text} that C++ includes. NAME selects
# the part of a file's path that becomes its name in a row: NAME, or NAME_WE
# without the extension.
set(rows "")
foreach(path IN LISTS FILES)
  get_filename_component(name ${path} ${NAME})
  file(READ ${path} text)
  string(APPEND rows "{\"${name}\", R\"page(${text})page\"},\n")
endforeach()
file(WRITE ${OUTPUT} "${rows}")
