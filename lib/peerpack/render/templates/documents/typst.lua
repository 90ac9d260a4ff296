-- Text reaches typst as strings, never as its code. Pictures keep their alternative text, which
-- pandoc's typst writer drops; a picture without any stops the document.

local function quoted(text)
  return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"'):gsub('\n', '\\n') .. '"'
end

local function code(text) return pandoc.RawInline("typst", text) end

local function picture(image)
  local alt = pandoc.utils.stringify(image.caption)
  if alt:match("^%s*$") then error("the picture " .. image.src .. " has no alternative text") end
  return code("#image(" .. quoted(image.src) .. ", alt: " .. quoted(alt) .. ");")
end

local function text(str) return code("#" .. quoted(str.text) .. ";") end

local function monospaced(inline) return code("#raw(" .. quoted(inline.text) .. ");") end

local function classed(element, raw)
  local class = element.classes[1]
  if not class then return nil end
  local made = element.content
  made:insert(1, pandoc[raw]("typst", "#" .. class .. "["))
  made:insert(pandoc[raw]("typst", "];"))
  return made
end

return {
  { Image = picture },
  { Str = text, Code = monospaced },
  {
    Div = function(div) return classed(div, "RawBlock") end,
    Span = function(span) return classed(span, "RawInline") end,
  },
}
