-- Runs behind notes.lua where an item has them: takes away the signs that we put into words for citeproc and notes.lua
-- (`NO_VARIABLE` of citekit.styles.extra_lines, `UPRIGHT` and `UPRIGHT_END` of citekit.styles.stand_ins).

local sign = "\238\131[\176-\178]"

function Str(str)
  if str.text:find(sign) then
    return pandoc.Str((str.text:gsub(sign, "")))
  end
end
