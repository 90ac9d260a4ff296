-- A class of ours is a style of the reference document; a picture without alternative text stops
-- the document.

local STYLES = {
  note = "Note", soft = "Source", evidence = "Evidence",
}

local function styled(element)
  local style = STYLES[element.classes[1]]
  if style then element.attributes["custom-style"] = style end
  return element
end

return {
  {
    Image = function(image)
      if pandoc.utils.stringify(image.caption):match("^%s*$") then
        error("the picture " .. image.src .. " has no alternative text")
      end
    end,
    Div = styled,
    Span = styled,
  },
}
