# double11_embed(OUTPUT HEADER NAMESPACE NAME=FILE[,FILE...]...): a source file with the text of files as
# constants of type std::string_view, several files one after the other (each must end with a line end).
# As a script (cmake -P) it writes that source file.
if(CMAKE_SCRIPT_MODE_FILE)
  set(source "// Written by tools/cmake/Embed.cmake.\n#include \"${header}\"\n\nnamespace ${namespace} {\n")
  string(REPLACE "|" ";" entries "${entries}")
  foreach(entry ${entries})
    string(REGEX MATCH "^([^=]*)=(.*)$" matched "${entry}")
    set(name ${CMAKE_MATCH_1})
    string(REPLACE "," ";" files "${CMAKE_MATCH_2}")
    set(bytes "")
    foreach(file ${files})
      file(READ "${file}" hex HEX)
      string(APPEND bytes "${hex}")
    endforeach()
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    string(APPEND source "namespace {\nconstexpr unsigned char ${name}_bytes[] = {${bytes}};\n}\n"
      "const std::string_view ${name}(reinterpret_cast<const char*>(${name}_bytes), sizeof(${name}_bytes));\n")
  endforeach()
  file(WRITE "${output}" "${source}}  // namespace ${namespace}\n")
  return()
endif()

function(double11_embed output header namespace)
  set(dependencies)
  foreach(entry ${ARGN})
    string(REGEX REPLACE "^[^=]*=" "" files "${entry}")
    string(REPLACE "," ";" files "${files}")
    list(APPEND dependencies ${files})
  endforeach()
  string(REPLACE ";" "|" entries "${ARGN}")
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -Doutput=${output} -Dheader=${header} -Dnamespace=${namespace}
            "-Dentries=${entries}" -P ${CMAKE_CURRENT_FUNCTION_LIST_FILE}
    DEPENDS ${dependencies} ${CMAKE_CURRENT_FUNCTION_LIST_FILE}
    VERBATIM)
endfunction()
