/*!
 * Chart.js v3.9.1
 * (c) MIT
 */
!function(){"</script>"}();
